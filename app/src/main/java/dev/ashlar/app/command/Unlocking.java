package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.OpenVault;
import dev.ashlar.app.cluster.Operator;
import dev.ashlar.app.execution.VaultKeys;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.vault.Lock;
import dev.ashlar.store.vault.Opened;
import dev.ashlar.store.vault.Opening;
import dev.ashlar.store.vault.Sealed;
import dev.ashlar.store.vault.Unlocker;
import dev.ashlar.store.vault.VaultFile;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Opens a cluster's vault, once it has been held against the record.
final class Unlocking {
    private static final String PROMPT = "Passphrase of the vault: ";

    private Unlocking() {}

    /// A cluster with its secrets, where it has any; what has a recipe and is not in the vault has
    /// been made, and is nowhere else yet. Stops with exit code 6 where nobody unlocks the vault,
    /// with 7 where it is not the one on record.
    static Cluster needed(Cluster cluster, Terminal terminal) {
        if (!cluster.composition().hasSecrets()) {
            return cluster;
        }
        OpenVault open =
                open(cluster.state(), cluster.past(), Optional.of(terminal))
                        .orElseThrow()
                        .completed(
                                cluster.composition().secrets().values(),
                                Operator.name(),
                                Clock.systemUTC().millis());
        return cluster.withVault(open);
    }

    /// The same for who only shows something: what needs a person to be unlocked stays locked.
    static Cluster ifPossible(Cluster cluster) {
        return cluster.composition().hasSecrets()
                ? open(cluster.state(), cluster.past(), Optional.empty())
                        .map(cluster::withVault)
                        .orElse(cluster)
                : cluster;
    }

    /// The same for who carries nothing out: what is not there is made up.
    static Cluster played(Cluster cluster) {
        Cluster known = ifPossible(cluster);
        return known.composition().hasSecrets()
                ? known.withVault(
                        known.vault()
                                .orElseGet(OpenVault::fresh)
                                .madeUp(known.composition().secrets().values()))
                : known;
    }

    /// The vault of a state, or a fresh one where it has none; empty where it stays locked, which
    /// it does not where somebody can be asked.
    ///
    /// @param asked whom to ask for a passphrase
    static Optional<OpenVault> open(
            Optional<StateFolder> state, Past past, Optional<Terminal> asked) {
        Optional<VaultFile> file = state.map(VaultFile::of);
        Optional<Sealed> sealed = file.flatMap(VaultFile::read);
        refuseOther(sealed, past);
        if (sealed.isEmpty()) {
            return Optional.of(OpenVault.fresh());
        }
        VaultKeys keys = new VaultKeys(System.getenv(), state.orElseThrow().lineage());
        return opened(file.orElseThrow(), sealed.get(), keys, asked).map(OpenVault::of);
    }

    private static Optional<Opened> opened(
            VaultFile file, Sealed sealed, VaultKeys keys, Optional<Terminal> asked) {
        Opening opening = file.open(sealed, keys.keys());
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

    private static boolean hasPassphrase(Sealed sealed) {
        return sealed.locks().stream().anyMatch(Lock.Passphrase.class::isInstance);
    }

    /// One change more than the record has is what a crash leaves.
    private static void refuseOther(Optional<Sealed> sealed, Past past) {
        Optional<VaultChanged> last = past.secrets().changes().stream().reduce((_, later) -> later);
        long recorded = last.map(VaultChanged::epoch).orElse(0L);
        long found = sealed.map(Sealed::epoch).orElse(0L);
        boolean isSame =
                sealed.map(Sealed::digest).equals(last.map(VaultChanged::digest))
                        || found == recorded + 1;
        if (!isSame) {
            throw new CommandStop(
                    ExitCode.NOT_MINE,
                    List.of("error: " + objection(recorded, found), "  help: " + remedy(found)));
        }
    }

    private static String objection(long recorded, long found) {
        if (found == 0) {
            return "the vault is gone: the record is at change %d of it".formatted(recorded);
        }
        if (found < recorded) {
            return "the vault is an older one: it is at change %d, the record at change %d"
                    .formatted(found, recorded);
        }
        return found == recorded
                ? "the vault is another than the one on record, though at the same change"
                : "the record is older than the vault: that is at change %d, the record at change %d"
                        .formatted(found, recorded);
    }

    private static String remedy(long found) {
        return found == 0
                ? "bring .ashlar/vault.json back from a backup; nodes carry a copy too, which `ashlar adopt` takes"
                : "bring back the state as it was last, both its journal and its vault; nothing was changed";
    }
}
