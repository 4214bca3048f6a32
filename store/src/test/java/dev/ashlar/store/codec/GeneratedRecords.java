package dev.ashlar.store.codec;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Records and values of every kind from a seed; the same seed gives the same ones.
public final class GeneratedRecords {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "plain",
                    "0123",
                    "quote \" and \\ and ' and \t",
                    "two\nlines\r\n",
                    "Grüße, 世界 🧱",
                    "NUL \0 and escape \u001b[31m",
                    "half a pair \ud83e",
                    "{\"map\": 1}");

    private final Random random;

    public GeneratedRecords(long seed) {
        random = new Random(seed);
    }

    public JournalRecord next() {
        long run = random.nextLong(1, Long.MAX_VALUE);
        long at = random.nextLong();
        JournalRecord.Effect effect = one(List.of(JournalRecord.Effect.values()));
        return switch (random.nextInt(9)) {
            case 0 ->
                    new JournalRecord.RunStarted(
                            run,
                            one(List.of(JournalRecord.Purpose.values())),
                            text(),
                            text(),
                            text(),
                            text(),
                            text(),
                            text(),
                            named(this::text),
                            several(this::text),
                            at);
            case 1 ->
                    new JournalRecord.Intended(
                            run,
                            key(),
                            text(),
                            effect,
                            random.nextInt(),
                            text(),
                            text(),
                            random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
                            several(this::text),
                            versions(),
                            at);
            case 2 -> succeeded(run, effect, at);
            case 3 ->
                    new JournalRecord.Failed(
                            run, key(), text(), effect, failure(), several(this::owned), at);
            case 4 -> new JournalRecord.Founded(run, text(), several(this::text), at);
            case 5 -> judged(at);
            case 6 -> ordered(run, at);
            case 7 -> changed(run, at);
            default ->
                    new JournalRecord.RunEnded(
                            run,
                            text(),
                            random.nextInt(),
                            random.nextInt(),
                            random.nextInt(),
                            random.nextInt(),
                            random.nextBoolean(),
                            at);
        };
    }

    private JournalRecord.Judged judged(long at) {
        return switch (random.nextInt(3)) {
            case 0 ->
                    new JournalRecord.Judged(
                            text(),
                            one(List.of(Verdict.APPROVED, Verdict.REVOKED)),
                            several(this::hostKey),
                            text(),
                            text(),
                            at);
            case 1 -> invitation(at).given();
            default -> invitation(at).proven(hostKey(), text(), text(), at);
        };
    }

    private Invitation invitation(long at) {
        return new Invitation(
                Invitation.word(text(), hostKey(), text(), text(), at, random.nextLong(1L << 40)),
                Optional.empty());
    }

    private JournalRecord.VaultChanged changed(long epoch, long at) {
        return new JournalRecord.VaultChanged(
                epoch, text(), one(List.of(JournalRecord.Change.values())), versions(), text(), at);
    }

    private SortedMap<String, Integer> versions() {
        SortedMap<String, Integer> versions = new TreeMap<>();
        named(this::text).keySet().forEach(name -> versions.put(name, random.nextInt(1, 1_000)));
        return versions;
    }

    private JournalRecord.AuthorityOrdered ordered(long run, long at) {
        return new JournalRecord.AuthorityOrdered(
                text(),
                one(List.of(JournalRecord.Order.values())),
                new TreeMap<>(Map.of("9f" + run, text())),
                text(),
                text(),
                at);
    }

    public Value value(int depth) {
        return new Value(data(depth), Label.NONE);
    }

    private Data data(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> new Data.Text(text());
            case 1 -> new Data.Int(one(List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)));
            case 2 ->
                    new Data.Real(
                            one(List.of(0.0, -0.0, 0.1, Double.NaN, Double.NEGATIVE_INFINITY)));
            case 3 -> new Data.Bool(random.nextBoolean());
            case 4 -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield new Data.Blob(bytes);
            }
            case 5 -> Data.NOTHING;
            case 6 -> new Data.Listing(several(() -> value(depth - 1)));
            case 7 -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                several(this::text).forEach(key -> entries.put(key, value(depth - 1)));
                yield Data.Mapping.of(entries);
            }
            default -> Value.structure(text(), named(() -> value(depth - 1))).data();
        };
    }

    private JournalRecord succeeded(long run, JournalRecord.Effect effect, long at) {
        return new JournalRecord.Succeeded(
                run,
                key(),
                text(),
                effect,
                text(),
                several(this::text),
                named(() -> value(3)),
                named(this::resolved),
                named(() -> value(2)),
                several(this::owned),
                several(this::text),
                several(this::key),
                several(this::text),
                random.nextBoolean() ? Optional.empty() : Optional.of(probe()),
                named(() -> new JournalRecord.Offer(text(), value(2))),
                at);
    }

    private HostKey hostKey() {
        return new HostKey("ssh-ed25519", "AAAA%04d".formatted(random.nextInt(1_000)));
    }

    private Failure failure() {
        Failure failure =
                random.nextBoolean()
                        ? Failure.lasting(text(), one(List.of(Failure.Fault.values())), text())
                        : Failure.passing(text(), Failure.Fault.NODE, text()).withHint(text());
        return random.nextBoolean()
                ? failure.withCommand(text(), random.nextInt(), several(this::text))
                : failure;
    }

    private Owned owned() {
        return Owned.of(text(), text(), random.nextBoolean(), Map.copyOf(named(this::text)));
    }

    private JournalRecord.Resolved resolved() {
        return new JournalRecord.Resolved(text(), text(), several(this::text));
    }

    private InstanceKey key() {
        return new InstanceKey(
                one(List.of("kv", "load-balancer", "node")),
                one(List.of("install", "wait_for_it")),
                random.nextBoolean() ? Optional.of("a/b:c") : Optional.empty(),
                random.nextBoolean() ? Optional.of("store-1.example") : Optional.empty());
    }

    private String text() {
        return one(TEXTS);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> List<T> several(Supplier<T> element) {
        return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> element.get()).toList();
    }

    private <T> SequencedMap<String, T> named(Supplier<T> element) {
        SequencedMap<String, T> all = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            all.put("name_" + i, element.get());
        }
        return all;
    }

    private JournalRecord.HealthProbe probe() {
        return new JournalRecord.HealthProbe(
                new StepSpec.Script(text(), text()), named(() -> value(2)));
    }
}
