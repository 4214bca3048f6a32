package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.journal.JournalRecord.Change;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.model.journal.Receipt;
import dev.ashlar.model.secret.SecretSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A secret as the files and the record have it: nothing of this is in the vault alone, which may
/// stay locked.
///
/// @param spec where the files declare it
/// @param last how its present content came about; empty where there is none
/// @param receipts who was given it, in whichever version, oldest first
public record SecretRow(
        String name,
        Optional<SecretSpec> spec,
        Optional<VaultChanged> last,
        List<Receipt> receipts) {
    public SecretRow {
        receipts = List.copyOf(receipts);
    }

    /// Those that are declared, in the order of the files, and then all else that is there.
    public static List<SecretRow> all(Collection<SecretSpec> declared, Past past) {
        SequencedMap<String, VaultChanged> there = there(past);
        SequencedMap<String, Optional<SecretSpec>> names = new LinkedHashMap<>();
        declared.forEach(spec -> names.put(spec.name(), Optional.of(spec)));
        there.keySet().forEach(name -> names.putIfAbsent(name, Optional.empty()));
        List<SecretRow> rows = new ArrayList<>();
        names.forEach((name, spec) ->
                rows.add(
                        new SecretRow(
                                name,
                                spec,
                                Optional.ofNullable(there.get(name)),
                                past.secrets().receipts().stream()
                                        .filter(receipt -> receipt.secret().equals(name))
                                        .toList())));
        return rows;
    }

    private static SequencedMap<String, VaultChanged> there(Past past) {
        SequencedMap<String, VaultChanged> there = new LinkedHashMap<>();
        for (VaultChanged changed : past.secrets().changes()) {
            for (String name : changed.versions().keySet()) {
                if (changed.change() == Change.DELETED) {
                    there.remove(name);
                } else {
                    there.put(name, changed);
                }
            }
        }
        return there;
    }

    /// What is in the vault by the record, each with its version.
    public static SortedMap<String, Integer> versions(Past past) {
        SortedMap<String, Integer> versions = new TreeMap<>();
        there(past)
                .forEach((name, changed) ->
                        versions.put(name, changed.versions().getOrDefault(name, 0)));
        return versions;
    }

    /// 0 where there is none.
    public int version() {
        return last.flatMap(changed -> Optional.ofNullable(changed.versions().get(name))).orElse(0);
    }

    /// True of what a step makes, and nobody else.
    public boolean isByStep() {
        return spec.isEmpty() && name.contains("/");
    }

    /// The nodes that have its present content, each once.
    public List<String> holders() {
        return nodes(receipt -> receipt.version() == version());
    }

    /// The nodes that have an earlier one and not this, each once.
    public List<String> outdated() {
        List<String> holders = holders();
        return nodes(_ -> true).stream().filter(node -> !holders.contains(node)).toList();
    }

    private List<String> nodes(Predicate<Receipt> which) {
        return receipts.stream()
                .filter(which)
                .flatMap(receipt -> receipt.node().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// Those whose present content a node has seen.
    public static List<SecretRow> seenBy(String node, Collection<SecretRow> rows) {
        return rows.stream().filter(row -> row.holders().contains(node)).toList();
    }
}
