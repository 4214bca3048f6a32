/// Tests of the shell that a connection runs.
@NullMarked
package dev.ashlar.nodes.channel;

import org.jspecify.annotations.NullMarked;
