package dev.ashlar.language;

/// How much is checked.
public enum Checks {
    /// Everything that takes no other process: what every command does first.
    QUICK,
    /// Also the shell syntax of all scripts.
    THOROUGH
}
