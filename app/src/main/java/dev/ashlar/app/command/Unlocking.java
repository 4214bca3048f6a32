package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.OpenVault;
import dev.ashlar.app.cluster.Operator;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.cluster.VaultStanding;
import dev.ashlar.app.execution.VaultInUse;
import dev.ashlar.app.execution.VaultKeys;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.past.Past;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.vault.Lock;
import dev.ashlar.store.vault.Opened;
import dev.ashlar.store.vault.Opening;
import dev.ashlar.store.vault.Sealed;
import dev.ashlar.store.vault.Unlocker;
import dev.ashlar.store.vault.VaultFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Opens a cluster's vault, once it has been held against the record.
final class Unlocking {
    private static final String PROMPT = "Passphrase of the vault: ";

    private Unlocking() {}

    /// A cluster with its secrets, where it has any or a vault; what has a recipe and is not in the
    /// vault has been made, and is nowhere else yet. Stops with exit code 6 where nobody unlocks
    /// the vault that it needs, with 7 where that is not the one on record.
    static Cluster needed(Cluster cluster, Terminal terminal) {
        if (!cluster.composition().hasSecrets()) {
            return ifPossible(cluster, terminal);
        }
        OpenVault open =
                open(cluster.folder(), cluster.state(), cluster.past(), terminal)
                        .completed(
                                cluster.composition().secrets().values(),
                                Operator.name(),
                                Clock.systemUTC().millis());
        return cluster.withVault(open);
    }

    /// The same for who only shows something: what needs a person to be unlocked stays locked, and
    /// so does what is not as it should be, which is told.
    static Cluster ifPossible(Cluster cluster, Terminal terminal) {
        if (!cluster.composition().hasSecrets() && !hasVault(cluster.state())) {
            return cluster;
        }
        return byItself(
                        cluster.folder(),
                        cluster.state(),
                        cluster.past(),
                        cluster::withVault,
                        terminal)
                .orElse(cluster);
    }

    /// The same for who carries nothing out: what is not there is made up.
    static Cluster played(Cluster cluster, Terminal terminal) {
        if (!cluster.composition().hasSecrets()) {
            return cluster;
        }
        Cluster known = ifPossible(cluster, terminal);
        return known.withVault(
                known.vault()
                        .orElseGet(OpenVault::fresh)
                        .madeUp(known.composition().secrets().values()));
    }

    /// The vault of a state, or a fresh one where it has none.
    ///
    /// @param folder the cluster's
    static OpenVault open(Path folder, Optional<StateFolder> state, Past past, Terminal terminal) {
        return seen(folder, state, past)
                .flatMap(seen -> seen.open(Optional.of(terminal)))
                .orElseGet(OpenVault::fresh);
    }

    /// The vault for who takes everything back, where it opens by itself: what nodes say then may
    /// hold what is in it.
    static Optional<VaultInUse> inUse(Acting acting, Terminal terminal) {
        return byItself(
                acting.state().path().resolveSibling(""),
                Optional.of(acting.state()),
                acting.past(),
                open -> VaultInUse.of(acting, open),
                terminal);
    }

    /// What is made of a vault that opens without anybody; what is not as it should be is told.
    private static <T> Optional<T> byItself(
            Path folder,
            Optional<StateFolder> state,
            Past past,
            Function<OpenVault, T> used,
            Terminal terminal) {
        try {
            return seen(folder, state, past).flatMap(seen -> seen.open(Optional.empty())).map(used);
        } catch (StoreException e) {
            terminal.warn("warning: " + e.getMessage());
        } catch (CommandStop stop) {
            stop.lines().forEach(line -> terminal.warn(line.replaceFirst("^error:", "warning:")));
        }
        return Optional.empty();
    }

    private static boolean hasVault(Optional<StateFolder> state) {
        return state.filter(one -> VaultFile.of(one).exists()).isPresent();
    }

    /// A vault that is the one on record.
    private record Seen(VaultFile file, Sealed sealed, VaultKeys keys) {
        /// Empty where it stays locked, which it does not where somebody can be asked.
        Optional<OpenVault> open(Optional<Terminal> asked) {
            return opened(file, sealed, keys, asked).map(OpenVault::of);
        }
    }

    /// The vault; empty where there is none. Whoever reads while another writes may have read the
    /// record before and the vault after: so both are read once more before anything is said.
    private static Optional<Seen> seen(Path folder, Optional<StateFolder> state, Past past) {
        Optional<VaultFile> file = state.map(VaultFile::of);
        Optional<Sealed> sealed = file.flatMap(VaultFile::read);
        if (VaultStanding.of(sealed, past) instanceof VaultStanding.Other) {
            Past now = Recorded.read(folder).past();
            sealed = file.flatMap(VaultFile::read);
            if (VaultStanding.of(sealed, now)
                    instanceof VaultStanding.Other(String objection, String remedy)) {
                throw new CommandStop(
                        ExitCode.NOT_MINE, List.of("error: " + objection, "  help: " + remedy));
            }
        }
        return sealed.map(one ->
                new Seen(
                        file.orElseThrow(),
                        one,
                        new VaultKeys(System.getenv(), state.orElseThrow().lineage())));
    }

    private static Optional<Opened> opened(
            VaultFile file, Sealed sealed, VaultKeys keys, Optional<Terminal> asked) {
        Opening opening = file.open(sealed, keys(keys));
        if (opening instanceof Opening.Locked && hasPassphrase(sealed)) {
            Optional<char[]> passphrase =
                    keys.passphrase().or(() -> asked.flatMap(one -> one.askSecret(PROMPT)));
            if (passphrase.isPresent()) {
                opening = file.open(sealed, new Unlocker.Passphrase(passphrase.get()));
                Arrays.fill(passphrase.get(), ' ');
            }
        }
        return switch (opening) {
            case Opened open -> Optional.of(open);
            case Opening.Locked _ when asked.isEmpty() -> Optional.empty();
            case Opening.Locked locked ->
                    throw new CommandStop(
                            ExitCode.NOT_ALLOWED,
                            List.of(
                                    "error: " + locked.message(),
                                    "  help: $ASHLAR_KEY_FILE names a key file, $ASHLAR_PASSPHRASE_FILE a file with the passphrase"));
        };
    }

    /// Stops with exit code 6 where one that is named cannot be read.
    private static Unlocker.Keys keys(VaultKeys keys) {
        try {
            return keys.keys();
        } catch (StoreException e) {
            throw new CommandStop(ExitCode.NOT_ALLOWED, "error: " + e.getMessage());
        }
    }

    private static boolean hasPassphrase(Sealed sealed) {
        return sealed.locks().stream().anyMatch(Lock.Passphrase.class::isInstance);
    }
}
