package dev.ashlar.app.command;

import dev.ashlar.app.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;

/// Takes a secret from a person: out of a file, by an editor, from standard input, or typed twice
/// where nobody sees it. Never from an argument, which all users of a machine can see.
record SecretInput(Terminal terminal, Optional<Path> from, boolean isEdited) {
    private static final String AS_TEXT = "give bytes as text: `base64 -w0 FILE`";

    /// More than a vault takes.
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    /// The secret, not empty; stops with exit code 3 where there is none.
    String read() {
        if (from.isPresent() && isEdited) {
            throw new CommandStop(ExitCode.INVALID, "error: --from and --edit exclude each other");
        }
        String text =
                from.map(path -> GivenText.read(path, MOST_BYTES, AS_TEXT))
                        .or(() -> isEdited ? Optional.of(edited()) : Optional.empty())
                        .orElseGet(this::typed);
        String secret = withoutEnd(text);
        if (secret.isEmpty()) {
            throw new CommandStop(ExitCode.INVALID, "error: an empty secret is none");
        }
        return secret;
    }

    /// The line break behind a single line is no part of it; what has several lines is taken whole.
    private static String withoutEnd(String text) {
        String line = text.replaceFirst("\\r?\\n$", "");
        return line.contains("\n") ? text : line;
    }

    private String typed() {
        if (!terminal.isInteractive()) {
            return GivenText.read(System.in, "standard input", MOST_BYTES, AS_TEXT);
        }
        char[] first = asked("The secret: ");
        char[] second = asked("Once more: ");
        boolean isSame = Arrays.equals(first, second);
        String secret = String.valueOf(first);
        Arrays.fill(first, ' ');
        Arrays.fill(second, ' ');
        if (!isSame) {
            throw new CommandStop(ExitCode.INVALID, "error: these were two; nothing was changed");
        }
        return secret;
    }

    private char[] asked(String question) {
        return terminal.askSecret(question)
                .orElseThrow(() -> new CommandStop(ExitCode.WAITING, "nothing was changed"));
    }

    /// In a file that is in memory where the machine has a place for that, and gone afterwards.
    private String edited() {
        if (!terminal.isInteractive()) {
            throw new CommandStop(ExitCode.INVALID, "error: --edit needs a terminal");
        }
        try {
            Path memory = Path.of("/dev/shm");
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"));
            Path folder =
                    Files.isWritable(memory)
                            ? Files.createTempDirectory(memory, "ashlar-", ownerOnly)
                            : Files.createTempDirectory("ashlar-", ownerOnly);
            try {
                return edited(folder.resolve("secret"));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw GivenText.unreadable("what was to be edited", e);
        }
    }

    private static String edited(Path file) throws IOException {
        Files.createFile(file);
        String editor =
                Optional.ofNullable(System.getenv("VISUAL"))
                        .or(() -> Optional.ofNullable(System.getenv("EDITOR")))
                        .orElse("vi");
        try {
            // Both variables may hold a command with options.
            int code =
                    new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString())
                            .inheritIO()
                            .start()
                            .waitFor();
            if (code != 0) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        "error: "
                                + editor
                                + " ended with exit code "
                                + code
                                + "; nothing was changed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandStop(ExitCode.INTERRUPTED, "nothing was changed");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return GivenText.read(stream, "what was written", MOST_BYTES, AS_TEXT);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
