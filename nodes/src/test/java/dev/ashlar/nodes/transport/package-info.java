/// Tests of what comes from a machine before anybody is logged in.
@NullMarked
package dev.ashlar.nodes.transport;

import org.jspecify.annotations.NullMarked;
