package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.ConfigFolder;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.copy.RecoveryKey;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the recovery keys of this person's clusters are kept, apart from the states that they are
/// to recover: `ashlar/recovery` in `$XDG_CONFIG_HOME`, or in `.config` of the home folder.
public final class Recovery {
    private Recovery() {}

    /// The place of a state's key; empty where the environment names no home.
    public static Optional<Path> place(String lineage, Map<String, String> environment) {
        return ConfigFolder.of(environment)
                .map(config -> config.resolve("recovery").resolve(lineage + ".key"));
    }

    /// What came of keeping a key apart.
    ///
    /// @param fresh where it has just been written
    /// @param trouble why it could not be
    record Kept(Optional<Path> fresh, Optional<String> trouble) {}

    static Kept keep(StateFolder state, RecoveryKey key, Map<String, String> environment) {
        Optional<Path> place = place(state.lineage(), environment);
        try {
            return new Kept(place.filter(key::keep), Optional.empty());
        } catch (StoreException e) {
            return new Kept(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /// Nothing is left that could be recovered.
    static void forget(StateFolder state, Map<String, String> environment) {
        place(state.lineage(), environment)
                .ifPresent(file -> {
                    try {
                        Files.deleteIfExists(file);
                    } catch (IOException _) {
                        // A key to nothing does no harm.
                    }
                });
    }
}
