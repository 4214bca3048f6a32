package dev.ashlar.app.command;

import dev.ashlar.app.document.DocumentFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Files that a person names for a command to write; stops with exit code 3 when that cannot be.
final class FileTarget {
    private FileTarget() {}

    /// @param option by which it was named
    static DocumentFile at(String option, Path path) {
        try {
            return DocumentFile.at(path);
        } catch (IOException e) {
            throw unwritable(path.toString(), e, option + " wants a file in a folder that exists");
        }
    }

    /// Stops with exit code 3 when it cannot be written.
    static void write(DocumentFile file, String document) {
        attempt(file, document)
                .ifPresent(stop -> {
                    throw stop;
                });
    }

    /// How the command is to be stopped when the file cannot be written.
    static Optional<CommandStop> attempt(DocumentFile file, String document) {
        try {
            file.write(document);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(unwritable(file.toString(), e, "what was to be done has been done"));
        }
    }

    /// How a command is stopped that cannot write a file, with the reason as people know it: exit
    /// code 3.
    static CommandStop unwritable(String path, IOException cause, String help) {
        String reason = reason(cause);
        return new CommandStop(
                ExitCode.INVALID,
                List.of("error: cannot write " + path + ": " + reason, "  help: " + help));
    }

    /// As people know it.
    static String reason(IOException cause) {
        if (cause instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        if (cause instanceof NoSuchFileException) {
            return "no such file";
        }
        return cause instanceof AccessDeniedException
                ? "permission denied"
                : String.valueOf(cause.getMessage());
    }
}
