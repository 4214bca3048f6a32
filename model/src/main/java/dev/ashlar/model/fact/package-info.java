/// What may be asked of a node. Entry: [dev.ashlar.model.fact.Fact]. Nothing here asks anybody.
@NullMarked
package dev.ashlar.model.fact;

import org.jspecify.annotations.NullMarked;
