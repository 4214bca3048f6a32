package dev.ashlar.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Text that a person gives in a file, or on standard input; stops with exit code 3 where it is
/// none, or too long.
final class GivenText {
    private GivenText() {}

    /// @param path `-` means standard input
    /// @param help what to do with bytes that are no text
    static String read(Path path, int mostBytes, String help) {
        if (path.toString().equals("-")) {
            return read(System.in, "standard input", mostBytes, help);
        }
        try (InputStream stream = Files.newInputStream(path)) {
            return read(stream, path.toString(), mostBytes, help);
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /// @param name for people
    static String read(InputStream stream, String name, int mostBytes, String help) {
        try {
            byte[] bytes = stream.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        "error: %s is too long: at most %d bytes are taken"
                                .formatted(name, mostBytes));
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: " + name + " holds what is no text in UTF-8",
                            "  help: " + help));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    static CommandStop unreadable(String name, IOException cause) {
        return new CommandStop(
                ExitCode.INVALID,
                "error: " + name + " cannot be read: " + FileTarget.reason(cause));
    }
}
