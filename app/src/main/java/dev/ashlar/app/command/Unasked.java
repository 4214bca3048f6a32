package dev.ashlar.app.command;

/// What is said where a command shows how a cluster is, and has asked no node.
final class Unasked {
    static final String PLAN = "No node was asked: this compares the files with the record.";
    static final String RECORD = "No node was asked: this is what is on record.";

    private Unasked() {}
}
