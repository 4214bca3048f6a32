package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.journal.Receipt;
import dev.ashlar.model.secret.DigestKey;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/// What runs make of secrets: who is given which version is on record before, what is on record
/// tells nobody what they are, and another content is a change for those who read it.
class SecretsTest {
    private static final InstanceKey KEEPS = key("kv.keeps@g-1");
    private static final InstanceKey PLAIN = key("kv.plain@g-1");

    /// A file with a secret, a script with it, and a file without.
    private static Graph cluster(Optional<Vault> vault) {
        Composition of =
                Story.one(
                                component("kv")
                                        .step(
                                                step("keeps")
                                                        .file("/etc/pin", read("secrets", "pin")))
                                        .step(
                                                step("told")
                                                        .input("word", read("secrets", "pin"))
                                                        .script("told"))
                                        .step(step("plain").file("/etc/plain", literal("plain"))),
                                1)
                        .composition();
        SequencedMap<String, SecretSpec> secrets = new LinkedHashMap<>();
        Span here = Span.wholeFile("cluster.yaml");
        secrets.put("pin", new SecretSpec("pin", Optional.empty(), "", here));
        return Graph.of(
                new Composition(
                        of.name(),
                        of.groups(),
                        of.uses(),
                        of.parameters(),
                        secrets,
                        vault,
                        of.site(),
                        of.beside(),
                        of.digest(),
                        of.span()));
    }

    private static Vault vault(int key) {
        byte[] bytes = new byte[DigestKey.BYTES];
        bytes[0] = (byte) key;
        return Vault.empty(new DigestKey(bytes))
                .with("pin", new Secret.Text("4711"), false, "me", 1);
    }

    private static Graph cluster(Vault vault) {
        return cluster(Optional.of(vault));
    }

    private static <T extends JournalRecord> List<T> all(Simulation simulation, Class<T> type) {
        return simulation.journal().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Succeeded last(Simulation simulation, InstanceKey key) {
        return all(simulation, Succeeded.class).stream()
                .filter(done -> done.key().equals(key))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private static int ran(Simulation simulation) {
        return simulation.up(QUIET).totals().orElseThrow().ran();
    }

    private static Past past(Simulation simulation) {
        Past past = new Past();
        simulation.journal().forEach(past::apply);
        return past;
    }

    @Test
    void whoIsGivenOneIsOnRecordBefore() {
        Simulation simulation = new Simulation(cluster(vault(1)));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        for (Intended intended : all(simulation, Intended.class)) {
            boolean isGiven = List.of("keeps", "told").contains(intended.key().step());
            assertThat(intended.secrets())
                    .as("%s", intended.key())
                    .isEqualTo(isGiven ? Map.of("pin", 1) : Map.of());
        }
        assertThat(past(simulation).secrets().receipts())
                .extracting(receipt -> receipt.step() + " " + receipt.node().orElse(""))
                .containsExactly("kv.keeps@g-1 g-1", "kv.told@g-1 g-1");
    }

    @Test
    void whoFailedMayHaveSeenIt() {
        Simulation simulation = new Simulation(cluster(vault(1)));
        simulation.up(QUIET.withFaults(Faults.broken(KEEPS)));
        assertThat(past(simulation).secrets().receipts())
                .extracting(Receipt::step)
                .containsExactly(KEEPS);
    }

    @Test
    void nothingOnRecordTellsWhatItIs() {
        Simulation one = new Simulation(cluster(vault(1)));
        Simulation other = new Simulation(cluster(vault(2)));
        one.up(QUIET);
        other.up(QUIET);
        assertThat(one.journal().toString()).doesNotContain("4711");
        for (String step : List.of("keeps", "told")) {
            InstanceKey key = key("kv." + step + "@g-1");
            assertThat(last(one, key).fingerprint()).isNotEqualTo(last(other, key).fingerprint());
            for (Map.Entry<String, Resolved> input : last(one, key).inputs().entrySet()) {
                Resolved there =
                        Objects.requireNonNull(last(other, key).inputs().get(input.getKey()));
                assertThat(input.getValue().digest()).isNotEqualTo(there.digest());
                assertThat(input.getValue().shown()).isEqualTo("(secret pin, version 1)");
                assertThat(input.getValue().origins()).contains("secret pin, version 1");
            }
        }
        assertThat(last(one, PLAIN).fingerprint()).isEqualTo(last(other, PLAIN).fingerprint());
    }

    @Test
    void anotherContentIsAChangeForThoseWhoReadIt() {
        Vault first = vault(1);
        Simulation simulation = new Simulation(cluster(first));
        simulation.up(QUIET);
        assertThat(ran(simulation)).isZero();

        // A version of its own with the same content changes nothing.
        Vault same = first.with("pin", new Secret.Text("4711"), false, "me", 2);
        assertThat(ran(simulation.goal(cluster(same)))).isZero();

        Vault next = same.with("pin", new Secret.Text("4712"), false, "me", 3);
        assertThat(ran(simulation.goal(cluster(next)))).isEqualTo(2);
        assertThat(past(simulation).secrets().receipts())
                .extracting(Receipt::version)
                .containsExactly(3, 3);
    }

    @Test
    void whileItIsLockedWhatReadsItWaits() {
        Simulation simulation = new Simulation(cluster(Optional.empty()));
        simulation.up(QUIET);
        assertThat(all(simulation, Succeeded.class))
                .extracting(Succeeded::key)
                .contains(key("node.acquire@g-1"))
                .doesNotContain(KEEPS, key("kv.told@g-1"));
    }
}
