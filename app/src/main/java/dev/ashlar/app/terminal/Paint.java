package dev.ashlar.app.terminal;

/// The few colours, by meaning.
public enum Paint {
    GOOD("32"),
    BAD("1;31"),
    CHANGE("33"),
    FAINT("2"),
    STRONG("1");

    static final String OFF = "0";
    private final String code;

    Paint(String code) {
        this.code = code;
    }

    /// As terminals number it.
    String code() {
        return code;
    }
}
