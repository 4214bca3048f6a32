package dev.ashlar.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private static final JournalRecord.Offer OFFER =
            new JournalRecord.Offer(
                    "string ${inputs.endpoint}", Value.text("https://127.0.0.1:2379"));

    @Test
    void everyKindOfRecordComesBackAsItWas() {
        Set<Class<?>> seen = new HashSet<>();
        GeneratedRecords generated = new GeneratedRecords(20261122);
        for (int i = 0; i < 5_000; i++) {
            JournalRecord entry = generated.next();
            seen.add(entry.getClass());
            assertThat(RecordCodec.decode(RecordCodec.encode(entry))).isEqualTo(entry);
        }
        assertThat(seen).containsExactlyInAnyOrder(JournalRecord.class.getPermittedSubclasses());
    }

    @Test
    void everyKindOfValueComesBackAsItWas() {
        Set<Class<?>> seen = new HashSet<>();
        GeneratedRecords generated = new GeneratedRecords(7);
        for (int i = 0; i < 5_000; i++) {
            Value value = generated.value(4);
            seen.add(value.data().getClass());
            Value back = ValueCodec.decode(ValueCodec.encode(value));
            assertThat(back).isEqualTo(value);
            assertThat(back.data()).hasSameClassAs(value.data());
        }
        assertThat(seen).hasSize(9);
    }

    @Test
    void oneRecordIsOneLineOfAscii() {
        GeneratedRecords generated = new GeneratedRecords(3);
        for (int i = 0; i < 500; i++) {
            assertThat(RecordCodec.encode(generated.next())).matches("[\\x20-\\x7e]+");
        }
    }

    @Test
    void refusesToWriteASecret() {
        Value secret = Value.list(List.of(Value.text("hunter2").labelled(Label.SECRET)));
        assertThatThrownBy(() -> ValueCodec.encode(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesToWriteWhatIsNotKnown() {
        Value unknown =
                Value.unknown(
                        Type.Scalar.TEXT,
                        new Await.Success(InstanceKey.onNode("kv", "run", "store-1")));
        assertThatThrownBy(() -> ValueCodec.encode(unknown))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        JournalRecord read =
                RecordCodec.decode(
                        """
                        {"v":1,"type":"founded","run":4,"use":"kv","nodes":["a"],"at":5,
                         "colour":{"deep":[1,2]}}
                        """);
        assertThat(read).isEqualTo(new JournalRecord.Founded(4, "kv", List.of("a"), 5));
    }

    @Test
    void refusesWhatALaterVersionWrote() {
        assertThatThrownBy(() -> RecordCodec.decode("{\"v\":99,\"type\":\"founded\"}"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("later version");
    }

    @Test
    void anyDamagedTextIsMalformedAndNothingElse() {
        GeneratedRecords generated = new GeneratedRecords(11);
        java.util.Random random = new java.util.Random(12);
        int malformed = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(RecordCodec.encode(generated.next()));
            int at = random.nextInt(text.length());
            if (random.nextBoolean()) {
                text.setLength(at);
            } else {
                text.setCharAt(at, "{}[]\",:x09-".charAt(random.nextInt(11)));
            }
            try {
                assertThat(RecordCodec.decode(text.toString())).isNotNull();
            } catch (MalformedException e) {
                malformed++;
            }
        }
        assertThat(malformed).isGreaterThan(2_000);
    }

    /// The file only grows: every later version must read all of it.
    @Test
    void readsTheJournalOfTheFirstVersion() throws IOException {
        List<JournalRecord> records = firstVersion();
        assertThat(records)
                .hasSize(18)
                .extracting(r -> (Object) r.getClass())
                .containsExactly(
                        JournalRecord.RunStarted.class,
                        JournalRecord.Intended.class,
                        JournalRecord.Succeeded.class,
                        JournalRecord.Failed.class,
                        JournalRecord.Founded.class,
                        JournalRecord.RunEnded.class,
                        JournalRecord.Intended.class,
                        JournalRecord.Failed.class,
                        JournalRecord.Succeeded.class,
                        JournalRecord.Succeeded.class,
                        JournalRecord.RunStarted.class,
                        JournalRecord.Intended.class,
                        JournalRecord.Succeeded.class,
                        JournalRecord.Succeeded.class,
                        JournalRecord.RunStarted.class,
                        JournalRecord.RunStarted.class,
                        JournalRecord.Intended.class,
                        JournalRecord.Judged.class);
        assertThat(((JournalRecord.Judged) records.get(17)).title())
                .isEqualTo("revoked by ada: disk was stolen");
        assertThat(((JournalRecord.Judged) records.get(17)).keys()).hasSize(1);
        assertThat(((JournalRecord.RunStarted) records.getFirst()).selection()).isEmpty();
        assertThat(((JournalRecord.RunStarted) records.getFirst()).overrides()).isEmpty();
        assertThat(((JournalRecord.RunStarted) records.get(14)).overrides())
                .containsExactly(Map.entry("groups.store.count", "4"));
        assertThat(((JournalRecord.RunStarted) records.get(10)).selection())
                .isEqualTo("--limit store-1");
        assertThat(((JournalRecord.Intended) records.get(1)).chosen()).isEmpty();
        assertThat(((JournalRecord.Intended) records.get(6)).chosen()).contains("store-2");
        JournalRecord.Succeeded success = (JournalRecord.Succeeded) records.get(2);
        assertThat(success.outputs().get("ports"))
                .isEqualTo(Value.list(List.of(Value.number(2379), Value.number(2380))));
        assertThat(success.owned().getFirst().details()).containsEntry("made", "true");
        assertThat(((JournalRecord.Intended) records.get(1)).maker())
                .as("a record from before there was one")
                .isEmpty();
        assertThat(((JournalRecord.Intended) records.get(11)).maker()).isEqualTo("lighttpd/server");
        assertThat(success.dropped()).isEmpty();
        assertThat(((JournalRecord.Succeeded) records.get(12)).dropped())
                .containsExactly("file-3e4f");
        assertThat(success.served()).as("a record from before there was one").isEmpty();
        assertThat(((JournalRecord.Succeeded) records.get(9)).served()).containsExactly("kv");
        assertThat(success.offers()).as("a record from before there were any").isEmpty();
        assertThat(((JournalRecord.Succeeded) records.get(13)).offers())
                .containsExactly(Map.entry("endpoint", OFFER));
        assertThat(success.health()).as("a record from before there was one").isEmpty();
        JournalRecord.HealthProbe health =
                ((JournalRecord.Succeeded) records.get(8)).health().orElseThrow();
        assertThat(health.script().file()).isEqualTo("packs/etcd/health.sh");
        assertThat(health.script().text()).isEqualTo("etcdctl endpoint health\n");
        assertThat(health.inputs()).containsEntry("tries", Value.number(3));
    }

    @Test
    void readsInTheJournalOfTheFirstVersionWhatMayBeDestroyedAndBeforeThatNothing()
            throws IOException {
        List<JournalRecord> records = firstVersion();
        assertThat(((JournalRecord.RunStarted) records.getFirst()).wipes()).isEmpty();
        assertThat(((JournalRecord.RunStarted) records.get(15)).wipes())
                .containsExactly("kv@store-4");
        assertThat(((JournalRecord.Intended) records.get(1)).destroys()).isEmpty();
        assertThat(((JournalRecord.Intended) records.get(16)).destroys())
                .containsExactly("directory /var/lib/etcd-kv");
    }

    private List<JournalRecord> firstVersion() throws IOException {
        try (InputStream stream = getClass().getResourceAsStream("journal-v1.ndjson")) {
            assertThat(stream).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(RecordCodec::decode)
                    .toList();
        }
    }
}
