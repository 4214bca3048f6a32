package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.past.Success;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.OnDisconnect;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.HealthProbe;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.execute.Inspection;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is done again after a look at a node.
class VerificationTest {
    private static final String NODE = "node-1";
    private static final InstanceKey MACHINE = InstanceKey.acquire(NODE);
    private static final InstanceKey FIRST = InstanceKey.onNode("it", "first", NODE);
    private static final InstanceKey SECOND = InstanceKey.onNode("it", "second", NODE);
    private static final InstanceKey CALL = InstanceKey.onNode("it", "call", NODE);
    private static final InstanceKey SCRIPT = InstanceKey.onNode("it", "script", NODE);

    private final Verification.OfNode of = new Verification.OfNode();

    @Test
    void whatACutComparisonDidNotReachIsDoneAgain() {
        of.steps.add(apply(FIRST));
        of.steps.add(apply(SECOND));
        of.made.put(CALL, List.of());
        of.scripts.add(SCRIPT);
        SequencedMap<InstanceKey, List<String>> seen = new LinkedHashMap<>();
        seen.put(FIRST, List.of("file /etc/it: differs"));
        seen.put(MACHINE, List.of("did not end within 120 s and was ended"));

        assertThat(told(seen))
                .containsOnlyKeys(FIRST, MACHINE, SECOND, CALL)
                .containsEntry(FIRST, "file /etc/it: differs")
                .containsEntry(SECOND, "could not be compared");
    }

    @Test
    void whereThereIsNothingElseTheScriptsTell() {
        of.scripts.add(SCRIPT);
        SequencedMap<InstanceKey, List<String>> seen = new LinkedHashMap<>();
        seen.put(MACHINE, List.of("the comparison ended with exit code 1"));
        assertThat(told(seen)).containsOnlyKeys(MACHINE, SCRIPT);
    }

    @Test
    void whatOnlyMayChangeTellsNothingOfANodeThatWasNotSeen() {
        of.scripts.add(SCRIPT);
        of.addChanging(done(FIRST, List.of(), Optional.empty()), NODE);
        SequencedMap<InstanceKey, List<String>> seen = new LinkedHashMap<>();
        seen.put(MACHINE, List.of("does not answer"));
        assertThat(told(seen)).containsOnlyKeys(MACHINE, SCRIPT);

        of.addSureToChange(done(SECOND, List.of(), Optional.empty()), NODE);
        assertThat(told(seen)).containsOnlyKeys(MACHINE);
    }

    @Test
    void aWholeComparisonForcesJustWhatDiffers() {
        of.steps.add(apply(FIRST));
        of.steps.add(apply(SECOND));
        SequencedMap<InstanceKey, List<String>> seen = new LinkedHashMap<>();
        seen.put(FIRST, List.of("file /etc/it: differs"));
        assertThat(told(seen)).containsOnlyKeys(FIRST);
        assertThat(told(new LinkedHashMap<>())).isEmpty();
    }

    @Test
    void whereOneThingHoldsWhatLapsesTheOthersOfItsStepAreComparedAllTheSame() {
        Resource link = thing(ResourceKind.LINK, "/etc/link", Label.NONE);
        Resource file =
                thing(
                        ResourceKind.FILE,
                        "/etc/it",
                        Label.from(new Origin.Lapsing(CALL, "i", 0, Duration.ofMinutes(1))));
        of.addLapsing(
                new Work.Apply(
                        FIRST,
                        "verify",
                        NODE,
                        List.of(link, file),
                        Duration.ofMinutes(1),
                        OnDisconnect.KILL),
                List.of(owned(link), owned(file)));

        assertThat(of.inspection().steps().getFirst().resources()).containsExactly(link);
        assertThat(of.inspection().made()).containsEntry(FIRST, List.of(owned(file)));
    }

    @Test
    void whatTheFilesAreAboutToChangeIsComparedAsItIsOnRecord() {
        Owned file = Owned.of("file", "/etc/it", false, Map.of("sha256", "of then"));
        Owned unit = Owned.of("service", "it", false, Map.of());
        HealthProbe health =
                new HealthProbe(new StepSpec.Script("it.yaml:1", "true"), new LinkedHashMap<>());
        of.addChanging(done(FIRST, List.of(file, unit), Optional.of(health)), NODE);

        Inspection inspection = of.inspection();
        assertThat(inspection.steps()).isEmpty();
        assertThat(inspection.made()).containsEntry(FIRST, List.of(file));
        assertThat(inspection.probes())
                .singleElement()
                .satisfies(probe -> {
                    assertThat(probe.script()).isEqualTo(health.script());
                    assertThat(probe.node()).isEqualTo(NODE);
                });
    }

    @Test
    void whatTheFilesChangeIsNeitherDoneAgainNorToldToDifferForWhatDiffersBesideIt() {
        of.addChanging(done(FIRST, List.of(), Optional.empty()), NODE);
        of.steps.add(apply(SECOND));
        of.made.put(CALL, List.of());
        SequencedMap<InstanceKey, List<String>> seen = new LinkedHashMap<>();
        seen.put(SECOND, List.of("file /etc/other: differs"));
        assertThat(told(seen)).containsOnlyKeys(SECOND, CALL);
    }

    private static Success done(InstanceKey key, List<Owned> owned, Optional<HealthProbe> health) {
        return new Success(
                key,
                1,
                "i",
                "fingerprint of then",
                "i",
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                owned,
                List.of(),
                List.of(),
                health,
                new LinkedHashMap<>(),
                false,
                0,
                0);
    }

    private static Owned owned(Resource thing) {
        return new Owned(
                thing.kind().word(),
                thing.identity(),
                false,
                new TreeMap<>(Map.of(Owned.KEY, thing.key())));
    }

    private static Resource thing(ResourceKind kind, String path, Label label) {
        Map<String, Value> parameters = new HashMap<>();
        parameters.put("path", Value.text(path));
        parameters.put("content", Value.text("of now").labelled(label));
        return Resource.of(kind, parameters);
    }

    private SequencedMap<InstanceKey, String> told(SequencedMap<InstanceKey, List<String>> seen) {
        return Verification.told(
                NODE, of, new Inspection.Outcome.Seen(seen, new LinkedHashMap<>()));
    }

    private static Work.Apply apply(InstanceKey key) {
        return new Work.Apply(
                key, "verify", NODE, List.of(), Duration.ofMinutes(1), OnDisconnect.KILL);
    }
}
