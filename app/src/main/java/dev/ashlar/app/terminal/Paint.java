package dev.ashlar.app.terminal;

/// The few colours, by meaning.
public enum Paint {
    GOOD("\u001b[32m"),
    BAD("\u001b[1;31m"),
    CHANGE("\u001b[33m"),
    FAINT("\u001b[2m"),
    STRONG("\u001b[1m");

    static final String OFF = "\u001b[0m";
    private final String on;

    Paint(String on) {
        this.on = on;
    }

    String on() {
        return on;
    }
}
