@NullMarked
package dev.ashlar.model.node;

import org.jspecify.annotations.NullMarked;
