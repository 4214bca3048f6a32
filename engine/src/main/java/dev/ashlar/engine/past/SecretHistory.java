package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.model.journal.Receipt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the vault was changed, and which step was given which secret where: what was given once is
/// known there, whatever became of the step. Confined to one thread.
public final class SecretHistory {
    /// Of one step at one place the latest version counts.
    private record Key(String secret, InstanceKey step, Optional<String> node) {}

    private final List<VaultChanged> changes = new ArrayList<>();
    private final Map<Key, Receipt> receipts = new LinkedHashMap<>();

    SecretHistory() {}

    void changed(VaultChanged change) {
        changes.add(change);
    }

    /// @param place where it is done
    void intended(Intended intended, Optional<String> place) {
        intended.secrets()
                .forEach((secret, version) ->
                        put(
                                new Receipt(
                                        secret,
                                        version,
                                        intended.key(),
                                        place,
                                        intended.run(),
                                        intended.atMs())));
    }

    private void put(Receipt receipt) {
        Key key = new Key(receipt.secret(), receipt.step(), receipt.node());
        Receipt before = receipts.remove(key);
        receipts.put(
                key, before != null && before.version() > receipt.version() ? before : receipt);
    }

    void restore(Checkpoint checkpoint) {
        changes.addAll(checkpoint.vault());
        checkpoint.receipts().forEach(this::put);
    }

    /// Oldest first.
    public List<VaultChanged> changes() {
        return List.copyOf(changes);
    }

    /// Oldest first: of one step at one place the last time.
    public List<Receipt> receipts() {
        return List.copyOf(receipts.values());
    }
}
