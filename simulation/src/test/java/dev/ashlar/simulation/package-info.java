/// Random clusters and bad days, each from a seed.
@NullMarked
package dev.ashlar.simulation;

import org.jspecify.annotations.NullMarked;
