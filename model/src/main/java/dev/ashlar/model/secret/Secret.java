package dev.ashlar.model.secret;

/// A secret as it is now.
///
/// @param version from 1; each content that it ever had has another
/// @param generated whether it was made by a recipe, not given by a person
/// @param who gave it or had it made: a user of the operating system
/// @param atMs since when, in milliseconds since 1970 UTC
public record Secret(int version, Content content, boolean generated, String who, long atMs) {

    /// What is secret of it. No text of these says what it is.
    public sealed interface Content {}

    public record Text(String text) implements Content {
        @Override
        public String toString() {
            return "(secret)";
        }
    }

    /// Both as PEM.
    public record Pair(String privateKey, String publicKey) implements Content {
        @Override
        public String toString() {
            return "(secret)";
        }
    }
}
