package dev.ashlar.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.document.PkiDocument;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.app.terminal.PkiView;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.services.pki.AuthorityFacts;
import dev.ashlar.services.pki.AuthorityStore;
import dev.ashlar.services.pki.CertificateFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Certificates as the state has them: each with its authority, and what has become of it.
class PkiRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final InstanceKey CLIENT = InstanceKey.ofCluster("kv", "client");

    @TempDir Path folder;
    private final Past past = new Past();

    @Test
    void theOneThatAStepHasMadeLastIsInUseAndTheOneBeforeIsNot() throws IOException {
        make("first");
        make("second");
        PkiRecord pki = record(NOW);
        assertThat(pki.certificates())
                .extracting(PkiRecord.Certificate::use)
                .containsExactly(PkiRecord.Use.SUPERSEDED, PkiRecord.Use.CURRENT);
        assertThat(pki.inUse().getFirst().entry().names()).containsExactly("second");
        assertThat(pki.of("other").certificates()).isEmpty();
    }

    @Test
    void whatIsOverIsToldOfWhileItIsInUse() throws IOException {
        make("first");
        make("second");
        PkiRecord later = record(NOW.plus(Duration.ofDays(400)));
        assertThat(later.certificates()).hasSize(1);
        assertThat(new PkiView(NOW.plus(Duration.ofDays(400))).list(later))
                .anySatisfy(line -> assertThat(line).contains("kv.client", "second", "over, due"));
    }

    @Test
    void peopleAndMachinesAreToldTheSame() throws IOException {
        make("first");
        PkiRecord pki = record(NOW);
        JsonNode json = Sandbox.document(PkiDocument.of("demo", "list", pki, NOW));
        String serial = json.at("/certificates/0/serial").asString();
        assertThat(json.at("/certificates/0/due").asBoolean()).isFalse();
        assertThat(json.at("/certificates/0/use").asString()).isEqualTo("current");
        String fingerprint = json.at("/authorities/0/generations/0/fingerprint").asString();
        PkiView view = new PkiView(NOW);
        assertThat(String.join("\n", view.show(pki.authorities().getFirst(), pki)))
                .contains(fingerprint, serial, "CN=kv-clients,O=demo", "EC 256");
        assertThat(String.join("\n", view.list(pki)))
                .contains("kv.client", "kv-clients", "365 d", serial.substring(0, 16) + "…");
    }

    private PkiRecord record(Instant now) throws IOException {
        return PkiRecord.of(AuthorityFacts.in(folder.resolve("pki")), past, now);
    }

    /// As a run does it.
    private void make(String name) {
        SequencedMap<String, Value> arguments = new LinkedHashMap<>();
        arguments.put("authority", Value.text("kv-clients"));
        arguments.put("names", Value.list(List.of(Value.text(name))));
        Work.Call call =
                new Work.Call(
                        CLIENT,
                        "intent-" + name,
                        Optional.empty(),
                        CertificateFunction.WORD,
                        arguments,
                        Duration.ofMinutes(1));
        Executor nobody =
                (work, _) -> {
                    throw new AssertionError(work);
                };
        Report.Done done =
                (Report.Done)
                        new CertificateFunction(
                                        new AuthorityStore(
                                                folder.resolve("pki"), "demo", () -> NOW),
                                        folder.resolve("access"),
                                        () -> NOW)
                                .execute(call, false, nobody);
        past.apply(
                new Intended(
                        1,
                        CLIENT,
                        call.intent(),
                        Effect.DO,
                        1,
                        name,
                        "etcd/member",
                        Optional.empty(),
                        List.of(),
                        1));
        past.apply(
                new Succeeded(
                        1,
                        CLIENT,
                        call.intent(),
                        Effect.DO,
                        name,
                        List.of(),
                        done.outputs(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        new LinkedHashMap<>(Map.of()),
                        2));
    }
}
