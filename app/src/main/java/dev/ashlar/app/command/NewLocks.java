package dev.ashlar.app.command;

import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.store.vault.KeyFile;
import dev.ashlar.store.vault.NewLock;
import dev.ashlar.store.vault.Recipient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a person wants a vault to be unlocked by.
record NewLocks(List<Path> keyFiles, List<String> recipients, boolean hasPassphrase) {

    /// At least one; stops with exit code 3 where none is wanted.
    List<NewLock> read(Terminal terminal) {
        List<NewLock> locks = new ArrayList<>();
        for (Path file : keyFiles) {
            KeyFile key = Files.exists(file) ? KeyFile.read(file) : KeyFile.make(file);
            key.recipients().forEach(one -> locks.add(new NewLock.Identity(one)));
        }
        recipients.forEach(one -> locks.add(new NewLock.Identity(new Recipient(one))));
        if (hasPassphrase) {
            locks.add(new NewLock.Passphrase(passphrase(terminal)));
        }
        if (locks.isEmpty()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: what is to unlock it? --key-file, --to, or --passphrase");
        }
        return locks;
    }

    private static char[] passphrase(Terminal terminal) {
        char[] first = asked(terminal, "The new passphrase: ");
        char[] second = asked(terminal, "Once more: ");
        if (!Arrays.equals(first, second)) {
            throw new CommandStop(ExitCode.INVALID, "error: these were two; nothing was changed");
        }
        return first;
    }

    private static char[] asked(Terminal terminal, String question) {
        return terminal.askSecret(question)
                .orElseThrow(() ->
                        new CommandStop(
                                ExitCode.WAITING,
                                "waits for a passphrase, which is typed at a terminal"));
    }
}
