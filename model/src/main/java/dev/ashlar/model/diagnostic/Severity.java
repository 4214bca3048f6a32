package dev.ashlar.model.diagnostic;

/// How bad a [Diagnostic] is: an error keeps anything from running, a warning does not.
public enum Severity {
    ERROR,
    WARNING
}
