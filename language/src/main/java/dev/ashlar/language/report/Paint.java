package dev.ashlar.language.report;

import dev.ashlar.model.diagnostic.Severity;

/// Colours, or none.
enum Paint {
    NONE,
    ANSI;

    String severity(Severity severity, String text) {
        return code(severity == Severity.ERROR ? "1;31" : "1;33", text);
    }

    String strong(String text) {
        return code("1", text);
    }

    String frame(String text) {
        return code("34", text);
    }

    private String code(String colour, String text) {
        return this == NONE ? text : "\u001b[" + colour + "m" + text + "\u001b[0m";
    }
}
