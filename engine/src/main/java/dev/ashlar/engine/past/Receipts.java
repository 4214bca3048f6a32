package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.Receipt;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which step was given which secret where: what was given once is known there, whatever became of
/// the step. Confined to one thread.
final class Receipts {
    /// Of one step at one place the last receipt counts.
    private record Key(String secret, InstanceKey step, Optional<String> node) {}

    private final Map<Key, Receipt> all = new LinkedHashMap<>();

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
        all.remove(key);
        all.put(key, receipt);
    }

    void restore(Collection<Receipt> receipts) {
        receipts.forEach(this::put);
    }

    /// In the order in which they were given.
    List<Receipt> all() {
        return List.copyOf(all.values());
    }
}
