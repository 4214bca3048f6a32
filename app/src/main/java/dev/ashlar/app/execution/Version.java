package dev.ashlar.app.execution;

/// This version, as printed and as recorded with each run.
public final class Version {
    public static final String NUMBER = "0.1.0";
    public static final String TEXT = "ashlar " + NUMBER;

    private Version() {}
}
