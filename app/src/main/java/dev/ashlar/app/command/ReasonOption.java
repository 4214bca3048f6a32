package dev.ashlar.app.command;

import dev.ashlar.model.text.Plain;
import picocli.CommandLine.Option;

/// Why something is done that only a person decides: the same on every verb that has it on record.
final class ReasonOption {
    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, for the record.",
            defaultValue = "")
    private String reason = "";

    /// As it goes on record: one line; empty where none was given.
    String text() {
        return Plain.line(reason);
    }
}
