package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.OpenVault;
import dev.ashlar.app.cluster.Operator;
import dev.ashlar.app.cluster.SecretRow;
import dev.ashlar.app.cluster.VaultStanding;
import dev.ashlar.model.journal.JournalRecord.Change;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.store.vault.NewLock;
import dev.ashlar.store.vault.Opened;
import dev.ashlar.store.vault.VaultFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Writes a vault down, and then on record: who comes after a crash in between finds a vault that
/// is one change ahead of the record, which is well. What is in a vault is given to nobody before
/// both are on disk.
public final class VaultKeeper {
    private VaultKeeper() {}

    /// @param record that is on disk, and in no fold yet
    public record Written(Opened opened, VaultChanged record) {}

    /// @param told where a key file lies that was made for it
    /// @param next what is in it from now on
    /// @param versions what was put in, or taken out
    public static Written keep(
            Acting acting,
            OpenVault open,
            Vault next,
            Change change,
            SortedMap<String, Integer> versions,
            Consumer<String> told) {
        VaultFile file = VaultFile.of(acting.state());
        Opened written =
                open.opened()
                        .map(before -> file.write(before, next))
                        .orElseGet(() -> file.create(next, keys(acting).locks()));
        VaultChanged changed = record(acting, written, change, versions);
        if (open.opened().isEmpty()) {
            keys(acting).own().map(VaultKeeper::newKey).ifPresent(told);
        }
        return new Written(written, changed);
    }

    /// Puts on record what a crash kept off it: the change by which the vault is ahead.
    ///
    /// @return the record, which is on disk and in no fold yet
    public static Optional<VaultChanged> caughtUp(Acting acting, OpenVault open) {
        Optional<Opened> ahead =
                open.opened()
                        .filter(one ->
                                VaultStanding.of(Optional.of(one.sealed()), acting.past())
                                        instanceof VaultStanding.Ahead);
        return ahead.map(one -> {
            SortedMap<String, Integer> recorded = SecretRow.versions(acting.past());
            SortedMap<String, Integer> put = new TreeMap<>();
            boolean[] given = {false};
            one.vault()
                    .secrets()
                    .forEach((name, secret) -> {
                        if (!recorded.getOrDefault(name, 0).equals(secret.version())) {
                            put.put(name, secret.version());
                            given[0] |= !secret.generated();
                        }
                    });
            recorded.keySet().removeAll(one.vault().secrets().keySet());
            Change change =
                    put.isEmpty()
                            ? recorded.isEmpty() ? Change.LOCKS : Change.DELETED
                            : given[0] ? Change.SET : Change.GENERATED;
            return record(acting, one, change, put.isEmpty() ? recorded : put);
        });
    }

    /// Has a vault be unlocked by something else from now on.
    public static Written lock(Acting acting, Opened open, List<NewLock> locks) {
        Opened written = VaultFile.of(acting.state()).write(open, open.vault(), locks);
        return new Written(written, record(acting, written, Change.LOCKS, new TreeMap<>()));
    }

    private static String newKey(Path file) {
        return "The key of this cluster's vault is "
                + file
                + ": keep a copy of it elsewhere, for without it what is in the vault is lost";
    }

    private static VaultKeys keys(Acting acting) {
        return new VaultKeys(System.getenv(), acting.state().lineage());
    }

    private static VaultChanged record(
            Acting acting, Opened written, Change change, Map<String, Integer> versions) {
        VaultChanged changed =
                new VaultChanged(
                        written.sealed().epoch(),
                        written.sealed().digest(),
                        change,
                        new TreeMap<>(versions),
                        Operator.name(),
                        Clock.systemUTC().millis());
        acting.journal().append(List.of(changed));
        return changed;
    }
}
