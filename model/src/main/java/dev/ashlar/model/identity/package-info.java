/// Names of the vertices of the graph. Entry: [dev.ashlar.model.identity.InstanceKey]. Imports
/// nothing.
@NullMarked
package dev.ashlar.model.identity;

import org.jspecify.annotations.NullMarked;
