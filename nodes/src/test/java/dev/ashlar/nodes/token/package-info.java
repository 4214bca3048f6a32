/// Tests of one-time tokens.
@NullMarked
package dev.ashlar.nodes.token;

import org.jspecify.annotations.NullMarked;
