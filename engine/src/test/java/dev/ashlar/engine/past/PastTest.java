package dev.ashlar.engine.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.resource.ThingKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PastTest {
    private static final InstanceKey KEY = InstanceKey.onNode("kv", "run", "n-1");

    private final Past past = new Past();

    @Test
    void keepsWhatAThingReplacedFromItsFirstRecordAndHowItIsFromItsLast() {
        intend("i1");
        past.apply(failed("i1", owned("made", "true", "sha256", "a")));
        intend("i2");
        past.apply(succeeded("i2", owned("made", "false", "kept", "/kept", "sha256", "b")));
        assertThat(past.success(KEY).orElseThrow().owned())
                .singleElement()
                .satisfies(owned ->
                        assertThat(owned.details())
                                .isEqualTo(Map.of("made", "true", "sha256", "b")));
    }

    @Test
    void twoThingsOfOneKindInOneFileAreTwo() {
        Owned first = owned(Owned.KEY, ThingKey.of("line", "/f", "a=1"), "line", "a=1");
        Owned second = owned(Owned.KEY, ThingKey.of("line", "/f", "b=2"), "line", "b=2");
        intend("i1");
        past.apply(succeeded("i1", first, second));
        assertThat(past.success(KEY).orElseThrow().owned()).containsExactly(first, second);
    }

    @Test
    void doesNotDoubtASuccessForAFailureBeforeAnyAttempt() {
        intend("i1");
        past.apply(succeeded("i1"));
        past.apply(failed("never-intended"));
        assertThat(past.success(KEY).orElseThrow().tainted()).isFalse();
        assertThat(past.failure(KEY)).isPresent();
        past.apply(
                new JournalRecord.RunStarted(
                        2,
                        Purpose.UP,
                        "c",
                        "s",
                        "g",
                        "w",
                        "v",
                        "",
                        new LinkedHashMap<>(),
                        List.of(),
                        0));
        assertThat(past.failure(KEY)).isEmpty();
    }

    @Test
    void doubtsASuccessThatCouldNotBeTakenBack() {
        intend("i1");
        past.apply(succeeded("i1"));
        past.apply(
                new JournalRecord.Intended(
                        1, KEY, "u1", Effect.UNDO, 1, "", "", Optional.empty(), List.of(), 0));
        past.apply(new JournalRecord.Failed(1, KEY, "u1", Effect.UNDO, failure(), List.of(), 0));
        assertThat(past.success(KEY).orElseThrow().tainted()).isTrue();
        assertThat(past.isSick(KEY)).isTrue();
    }

    @Test
    void isWellAgainAfterASuccess() {
        intend("i1");
        assertThat(past.isSick(KEY)).isTrue();
        past.apply(succeeded("i1"));
        assertThat(past.isSick(KEY)).isFalse();
    }

    @Test
    void whatOthersKeepDoesNotGoWithAFolderOrAPackage() {
        InstanceKey other = InstanceKey.onNode("kv", "configure", "n-1");
        past.apply(
                succeeded(
                        other,
                        "i1",
                        Owned.of("file", "/srv/x", false, Map.of()),
                        Owned.of("directory", "/srv/data", true, Map.of()),
                        Owned.of("package", "b", false, Map.of()),
                        Owned.of("package", "shared", false, Map.of())));
        List<Owned> mine =
                List.of(
                        Owned.of("directory", "/srv", false, Map.of()),
                        Owned.of("package", "a", false, Map.of()),
                        Owned.of("package", "shared", false, Map.of()));
        past.apply(succeeded("i2", mine.toArray(Owned[]::new)));

        assertThat(spared(mine, false))
                .isEqualTo(Map.of("directory /srv", "x\ndata", "package a", "b\nshared"));
        assertThat(spared(mine, true))
                .as("what others have goes too, but for their data")
                .isEqualTo(Map.of("directory /srv", "data", "package a", ""));
    }

    private Map<String, String> spared(List<Owned> owned, boolean othersGo) {
        return past
                .ownedAlone(KEY, Optional.of("n-1"), owned, (_, one) -> othersGo && !one.data())
                .stream()
                .collect(
                        Collectors.toMap(
                                Owned::title, one -> one.details().getOrDefault(Owned.SPARED, "")));
    }

    private void intend(String intent) {
        past.apply(
                new JournalRecord.Intended(
                        1, KEY, intent, Effect.DO, 1, "f", "m", Optional.empty(), List.of(), 0));
    }

    private static JournalRecord failed(String intent, Owned... owned) {
        return new JournalRecord.Failed(1, KEY, intent, Effect.DO, failure(), List.of(owned), 0);
    }

    private static Failure failure() {
        return Failure.lasting("exit-code", Failure.Fault.USER, "exit code 1");
    }

    private static JournalRecord succeeded(String intent, Owned... owned) {
        return succeeded(KEY, intent, owned);
    }

    private static JournalRecord succeeded(InstanceKey key, String intent, Owned... owned) {
        return new JournalRecord.Succeeded(
                1,
                key,
                intent,
                Effect.DO,
                "f",
                List.of(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                List.of(owned),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new LinkedHashMap<>(),
                0);
    }

    private static Owned owned(String... details) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < details.length; i += 2) {
            all.put(details[i], details[i + 1]);
        }
        return Owned.of("file", "/f", false, all);
    }
}
