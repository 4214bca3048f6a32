package dev.ashlar.app.command;

/// This version.
final class Version {
    static final String TEXT = "ashlar 0.1.0";

    private Version() {}
}
