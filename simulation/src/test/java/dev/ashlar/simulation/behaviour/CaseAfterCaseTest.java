package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.failure;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.records;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.StepBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a case comes upon that was made under another one, or before its step had cases.
class CaseAfterCaseTest {
    private static final String NAME = "web.keep@front-1";
    private static final InstanceKey STEP = key(NAME);
    private static final Faults BROKEN = Faults.broken(STEP);

    private static Graph keeping(StepBuilder keep) {
        return keeping(1, keep);
    }

    private static Graph keeping(int nodes, StepBuilder keep) {
        return Conditions.wanted(
                ClusterBuilder.cluster()
                        .group("front", nodes)
                        .use("web", "front", component("web-alone").step(keep))
                        .build(),
                new Past());
    }

    private static Graph either(String chosen, StepBuilder first, StepBuilder second) {
        return keeping(by(chosen, first, second));
    }

    private static StepBuilder by(String chosen, StepBuilder first, StepBuilder second) {
        return step("keep").by(literal(chosen)).inCase("first", first).inCase("second", second);
    }

    private static StepBuilder filesBy(String chosen) {
        return by(
                chosen,
                step("any").file("/first", literal("x")).file("/more", literal("x")),
                step("any").file("/second", literal("x")));
    }

    private static Graph files(String chosen) {
        return keeping(filesBy(chosen));
    }

    private static StepBuilder script(String text, String remove) {
        return step("keep").script(text, remove);
    }

    private static StepBuilder certificate(String name, String directory) {
        SequencedMap<String, Expression> arguments = new LinkedHashMap<>();
        arguments.put("names", literal(name));
        arguments.put("directory", literal(directory));
        return step("keep").call("pki/certificate", arguments);
    }

    private static Simulation done(Graph graph) {
        Simulation simulation = new Simulation(graph);
        ends(simulation);
        return simulation;
    }

    private static Timeline ends(Simulation simulation) {
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        return run;
    }

    private static Plan.Entry planned(Simulation simulation, Set<InstanceKey> forced) {
        return Planner.plan(simulation.graph(), simulation.past(), forced, Selection.WHOLE, 0)
                .entries()
                .stream()
                .filter(entry -> entry.key().equals(STEP))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void casesOfOneScriptAreNoChangeNotEvenWhenItRunsAgain() {
        Simulation simulation =
                done(either("first", script("keep", "unkeep"), script("keep", "unkeep")));
        simulation.goal(either("second", script("keep", "unkeep"), script("keep", "unkeep")));
        assertThat(planned(simulation, Set.of()).action()).isEqualTo(Plan.Action.UNCHANGED);
        assertThat(planned(simulation, Set.of(STEP)).reasons())
                .contains("the node differs from it")
                .noneMatch(reason -> reason.startsWith("takes back"));
        assertThat(starts(simulation.up(QUIET, Set.of(STEP)))).containsExactly("Run " + NAME);
    }

    @Test
    void aCaseThatIsCalledOtherwiseIsTheSameScriptStill() {
        Simulation simulation =
                done(either("first", script("keep", "unkeep"), script("two", "untwo")));
        Graph renamed =
                keeping(
                        step("keep")
                                .by(literal("other"))
                                .inCase("other", script("keep", "unkeep"))
                                .inCase("second", script("two", "untwo")));
        assertThat(starts(simulation.goal(renamed).up(QUIET, Set.of(STEP))))
                .containsExactly("Run " + NAME);
    }

    @Test
    void aScriptThatGetsCasesIsNotTakenBackBeforeItRunsAgain() {
        for (String then : List.of("keep", "keep more")) {
            Simulation simulation = done(keeping(script("keep", "unkeep")));
            Graph cased = either("first", script(then, "unkeep"), script("two", "untwo"));
            assertThat(starts(simulation.goal(cased).up(QUIET, Set.of(STEP))))
                    .containsExactly("Run " + NAME);
        }
    }

    @Test
    void whatWasOwnedBeforeThereWereCasesGoesAlsoWhenItsTakingBackFailsAtFirst() {
        Simulation simulation = done(keeping(step("keep").file("/kept", literal("x"))));
        Graph cased =
                either("second", script("one", "unone"), certificate("web.example", "/etc/a"));
        simulation.goal(cased).up(QUIET.withFaults(BROKEN));
        ends(simulation);
        assertThat(simulation.fleet().state()).isEqualTo(done(cased).fleet().state());
    }

    @Test
    void aPlanTellsTheCaseAndWhatGoesAlsoAfterAFailure() {
        Simulation begun = new Simulation(files("first"));
        begun.up(QUIET.withFaults(BROKEN));
        assertThat(planned(begun.goal(files("second")), Set.of()))
                .extracting(Plan.Entry::action, Plan.Entry::reasons)
                .containsExactly(
                        Plan.Action.CREATE,
                        List.of(
                                "case second: second is second",
                                "failed in run 1",
                                "takes back file /first"));

        Simulation stood = done(files("first"));
        stood.goal(files("second")).up(QUIET.withFaults(BROKEN));
        assertThat(planned(stood, Set.of()))
                .extracting(Plan.Entry::action, Plan.Entry::reasons)
                .containsExactly(
                        Plan.Action.REPAIR,
                        List.of(
                                "failed after it had succeeded in run 1",
                                "case second: second is second",
                                "takes back file /first",
                                "takes back file /more"));
    }

    @Test
    void dataOfACaseIsLeftInPlaceAsThePlanSays() {
        StepBuilder first = step("any").data("/srv/first").file("/first", literal("x"));
        StepBuilder second = step("any").file("/second", literal("x"));
        Simulation simulation = done(either("first", first, second));
        simulation.goal(either("second", first, second));
        Plan.Entry planned = planned(simulation, Set.of());
        assertThat(planned.reasons())
                .contains("leaves directory /srv/first", "takes back file /first");
        assertThat(planned.takesBack()).containsExactly("file /first");
        ends(simulation);
        assertThat(simulation.fleet().state()).contains("/srv/first").doesNotContain("file /first");
    }

    @Test
    void whatACaseHasMadeThatWasStoppedGoesWithTheNext() {
        Faults cancelled = Faults.NONE.with(Fault.CANCEL, 0.5).with(Fault.AMEND, 0.5);
        String other = done(keeping(6, filesBy("second"))).fleet().state();
        boolean hadMade = false;
        for (int seed = 0; seed < 60; seed++) {
            Simulation simulation = new Simulation(keeping(6, filesBy("first")));
            lawful(simulation.up(SimulationOptions.of(seed).withFaults(cancelled)));
            hadMade |=
                    records(simulation, JournalRecord.Failed.class).stream()
                            .filter(failed -> failed.failure().isStop())
                            .anyMatch(failed -> !failed.owned().isEmpty());
            ends(simulation.goal(keeping(6, filesBy("second"))));
            assertThat(simulation.fleet().state()).as("seed %d", seed).isEqualTo(other);
        }
        assertThat(hadMade).isTrue();
    }

    @Test
    void aServiceSeesToWhatIsOfTheSameDirectoryWhicheverCaseItIs() {
        StepBuilder first = certificate("web.example", "/etc/a");
        for (String directory : List.of("/etc/a", "/etc/b")) {
            StepBuilder second = certificate("other.example", directory);
            Simulation simulation = done(either("first", first, second));
            Timeline run = ends(simulation.goal(either("second", first, second)));
            assertThat(starts(run))
                    .isEqualTo(
                            directory.equals("/etc/a")
                                    ? List.of("Call " + NAME)
                                    : List.of("Undo " + NAME, "Call " + NAME));
        }
    }

    @Test
    void aCallThatGetsCasesIsNotTakenBack() {
        Simulation simulation = done(keeping(certificate("web.example", "/etc/a")));
        Graph cased =
                either("first", certificate("more.example", "/etc/a"), script("two", "untwo"));
        assertThat(starts(ends(simulation.goal(cased)))).containsExactly("Call " + NAME);
    }

    @Test
    void aCaseIsTakenBackByWhatItSaysNowAndAFailureTellsThat() {
        Simulation simulation =
                done(either("first", script("one", "unone"), script("two", "untwo")));
        simulation.goal(either("second", script("one", "mended"), script("two", "untwo")));
        Timeline run = simulation.up(QUIET.withFaults(BROKEN));
        assertThat(failure(run, NAME).message())
                .isEqualTo("could not take back what case first has made: exit code 1");
        assertThat(failure(run, NAME).hint().orElseThrow()).contains("`remove:` of case first");
        assertThat(records(simulation, JournalRecord.Failed.class).getLast().owned())
                .extracting(one -> one.remove().map(StepSpec.Script::text))
                .containsExactly(Optional.of("mended"));
    }
}
