package dev.ashlar.language.source;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Why a file has not been read, as it is found now.
///
/// @param words what is there instead of a file that can be read
/// @param help what would be
public record Refusal(Kind kind, String words, String help) {
    private static final String A_FILE = "put a file there that can be read";

    /// What is to be told apart.
    public enum Kind {
        /// Nothing is there.
        ABSENT,
        /// Something else than a file is, or what may not be read.
        OTHER,
        /// More than is read.
        LARGE
    }

    static Refusal of(Path path, int most, Limit limit) {
        if (Files.isDirectory(path)) {
            return new Refusal(Kind.OTHER, "is a folder", A_FILE);
        }
        if (!Files.exists(path)) {
            return Files.isSymbolicLink(path)
                    ? new Refusal(Kind.OTHER, "is a link that leads nowhere", A_FILE)
                    : new Refusal(Kind.ABSENT, "is not there", A_FILE);
        }
        if (!Files.isRegularFile(path)) {
            return new Refusal(Kind.OTHER, "is a pipe, a socket or a device", A_FILE);
        }
        try {
            long size = Files.size(path);
            return size > most
                    ? large(size, limit)
                    : new Refusal(Kind.OTHER, "cannot be read", A_FILE);
        } catch (IOException _) {
            return new Refusal(Kind.OTHER, "cannot be read", A_FILE);
        }
    }

    private static Refusal large(long size, Limit limit) {
        String words = "has " + size + " bytes, and at most ";
        return switch (limit) {
            case TEXT ->
                    new Refusal(
                            Kind.LARGE,
                            words + limit.words() + " of YAML, a template or a script are read",
                            "divide it, or bring it as it is: a `file` resource with `source:`");
            case SOURCE ->
                    new Refusal(
                            Kind.LARGE,
                            words + limit.words() + " are brought as they are",
                            "have the node fetch it: an `archive` or `package` resource");
            case TOTAL ->
                    new Refusal(
                            Kind.LARGE,
                            words + limit.words() + " are read of all files together",
                            "have nodes fetch what is large: an `archive` or `package` resource");
        };
    }

    /// @param name what is to be said that it is of, such as `this file`
    public Diagnostic diagnostic(Span span, String name) {
        return switch (kind) {
            case ABSENT -> Diagnostic.of(Code.ASH0001, span, "cannot read " + name);
            case OTHER -> Diagnostic.of(Code.ASH0001, span, name + " " + words).withHelp(help);
            case LARGE -> Diagnostic.of(Code.ASH0005, span, name + " " + words).withHelp(help);
        };
    }
}
