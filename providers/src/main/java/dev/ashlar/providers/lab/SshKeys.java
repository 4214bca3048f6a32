package dev.ashlar.providers.lab;

import dev.ashlar.model.node.HostKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// Ed25519 key pairs in OpenSSH's files.
final class SshKeys {
    private SshKeys() {}

    /// Makes `file` and `file.pub` unless they are there. The private half comes last: where it is,
    /// the public half is too.
    static void ensure(Path file, String comment) throws LabFault {
        if (Files.exists(file)) {
            return;
        }
        Path fresh = file.resolveSibling("." + UUID.randomUUID());
        Command.of(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-C",
                        comment,
                        "-f",
                        fresh.toString())
                .run();
        try {
            Files.move(publicHalf(fresh), publicHalf(file), StandardCopyOption.ATOMIC_MOVE);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw LabFault.site("state", "cannot keep the key " + file + ": " + e.getMessage());
        }
    }

    static Path publicHalf(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    static HostKey read(Path privateFile) throws LabFault {
        Path file = publicHalf(privateFile);
        try {
            return HostKey.parse(Files.readString(file))
                    .orElseThrow(() -> LabFault.site("state", file + " is not a public key"));
        } catch (IOException e) {
            throw LabFault.site("state", "cannot read " + file + ": " + e.getMessage());
        }
    }
}
