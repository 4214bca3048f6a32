package dev.ashlar.nodes.transport;

import java.io.InputStream;
import java.io.OutputStream;

/// A command on a machine and its streams.
public interface Running extends AutoCloseable {

    OutputStream input();

    /// What it prints; ends when the command ends or the line is lost. Must be read all the time:
    /// everything on the connection may wait for it.
    InputStream output();

    /// The last 2 KiB of what it wrote to standard error so far.
    String complaints();

    /// Ends it as far as the connection goes; never fails.
    @Override
    void close();
}
