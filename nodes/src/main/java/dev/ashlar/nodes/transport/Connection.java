package dev.ashlar.nodes.transport;

import java.io.IOException;

/// A proven connection to one machine. Safe for use by many threads at once.
public interface Connection extends AutoCloseable {

    /// Starts a command in the login shell of the machine's user.
    ///
    /// @throws IOException when the line is lost or the machine refuses one more command
    Running start(String command) throws IOException;

    /// Ends the connection and every command on it; never blocks for long and never fails.
    @Override
    void close();
}
