/// The way to a machine: a connection and commands with their streams. Entry:
/// [dev.ashlar.nodes.transport.Transport]. Imports the model only; knows nothing of what is sent.
/// Invariant: a machine that does not show a pinned host key is sent nothing.
@NullMarked
package dev.ashlar.nodes.transport;

import org.jspecify.annotations.NullMarked;
