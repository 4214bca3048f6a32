package dev.ashlar.app.execution;

import java.util.Optional;

/// This version, as printed and as recorded with each run.
public final class Version {
    public static final String NUMBER = "0.1.0";
    public static final String TEXT = "ashlar " + NUMBER;

    private static final String BUILD = "ashlar.build";

    private Version() {}

    /// What tells two builds apart, which may be of one version; empty where nobody has said.
    public static Optional<String> build() {
        return Optional.ofNullable(System.getProperty(BUILD));
    }
}
