/// What a plan says.
@NullMarked
package dev.ashlar.engine.plan;

import org.jspecify.annotations.NullMarked;
