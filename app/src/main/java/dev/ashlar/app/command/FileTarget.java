package dev.ashlar.app.command;

import dev.ashlar.app.document.DocumentFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

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

    static void write(DocumentFile file, String document) {
        try {
            file.write(document);
        } catch (IOException e) {
            throw unwritable(file.toString(), e, "what was to be done has been done");
        }
    }

    private static CommandStop unwritable(String path, IOException cause, String help) {
        String reason =
                cause instanceof FileSystemException file && file.getReason() != null
                        ? file.getReason()
                        : cause instanceof AccessDeniedException
                                ? "permission denied"
                                : String.valueOf(cause.getMessage());
        return new CommandStop(
                ExitCode.INVALID,
                List.of("error: cannot write " + path + ": " + reason, "  help: " + help));
    }
}
