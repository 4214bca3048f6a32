/// Tests of carrying out work, on shells of this host and on lab machines.
@NullMarked
package dev.ashlar.nodes.execute;

import org.jspecify.annotations.NullMarked;
