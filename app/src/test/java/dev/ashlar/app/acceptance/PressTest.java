package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A pack of somebody's own that uses what the language has, all of it together: that it is as
/// large and as mixed as is said of it, and that it passes the suites. With `-Dashlar.long=true`
/// these are all of them, else one.
class PressTest {
    private static final Duration BOUND = Duration.ofMinutes(60);
    private static final String HOUSE = "press/packs/press/test/house.yaml";

    /// Fewer than this many inputs has each step.
    private static final int WIDE = 12;

    private final Sandbox sandbox = Sandbox.ofResource(PressTest.class, "press");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void onePackHasFortyStepsOverSixComponentsOnThreeMachines() {
        Composition house = house();
        List<ComponentSpec> components = components(house);

        assertThat(components).hasSizeGreaterThanOrEqualTo(6);
        assertThat(components).extracting(ComponentSpec::pack).containsOnly("press");
        assertThat(components.stream().mapToInt(one -> one.steps().size()).sum())
                .isGreaterThanOrEqualTo(40);
        assertThat(house.groups()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(house.groups().values().stream().mapToInt(one -> one.nodes().size()).sum())
                .isEqualTo(3);
        assertThat(components)
                .allSatisfy(one ->
                        assertThat(one.steps())
                                .as(one.reference())
                                .anyMatch(step -> step.health().isPresent()));
    }

    @Test
    void itHasConditionsLoopsCollectionsProbesTokensAndOrderBetweenComponents() {
        Composition house = house();

        assertThat(steps(house, step -> step.when().isPresent())).hasSizeGreaterThanOrEqualTo(6);
        assertThat(steps(house, step -> step.each().isPresent())).hasSizeGreaterThanOrEqualTo(6);
        assertThat(steps(house, step -> step.each().isPresent() && step.when().isPresent()))
                .contains("press/worker.ink");
        assertThat(steps(house, PressTest::collects))
                .contains("press/balancer.pool", "press/watch.targets");
        assertThat(steps(house, PressTest::isDoneOnceByAProbe))
                .contains("press/store.schema", "press/worker.sheet", "press/names.serial");
        assertThat(steps(house, StepSpec::lapses)).containsExactly("press/store.token");
        assertThat(ordersBetweenComponents(house))
                .contains("jobs after store", "zone after balancer", "first after names");
    }

    @Test
    void nothingIsRemarkedAboutItAndNoStepReadsMuch() {
        assertThat(sandbox.run("validate", HOUSE).expect(0).err())
                .doesNotContain("warning", "error");
        JsonNode graph = Sandbox.document(sandbox.run("graph", "--json", HOUSE).expect(0));
        assertThat(
                        graph.path("groups")
                                .valueStream()
                                .flatMap(group -> group.path("uses").valueStream())
                                .flatMap(use -> use.path("steps").valueStream()))
                .isNotEmpty()
                .allSatisfy(step ->
                        assertThat(step.path("inputs").size())
                                .as("%s", step.path("name"))
                                .isLessThan(WIDE));
    }

    @Test
    @Tag("lab")
    void itBearsWhatMayGoWrong() {
        List<String> suites =
                Boolean.getBoolean("ashlar.long")
                        ? List.of("rebuild", "repeat", "fail", "cut")
                        : List.of("rebuild");
        Running test =
                sandbox.start(
                        Stream.concat(
                                        Stream.of("pack", "test", "press", "-C", "press"),
                                        suites.stream()
                                                .flatMap(suite -> Stream.of("--suite", suite)))
                                .toArray(String[]::new));

        assertThat(test.finish(BOUND).expect(0).outLines())
                .hasSameSizeAs(suites)
                .allSatisfy(line -> assertThat(line).contains("house.yaml", "passed"));
        sandbox.expectNoTraces();
    }

    private Composition house() {
        return Loader.load(
                        new LoadRequest(
                                sandbox.folder().resolve(HOUSE),
                                Optional.empty(),
                                new LinkedHashMap<>(),
                                Host.checkout()))
                .composition()
                .orElseThrow();
    }

    private static List<ComponentSpec> components(Composition house) {
        return house.uses().values().stream().map(UseSpec::component).distinct().toList();
    }

    private static List<String> steps(Composition house, Predicate<StepSpec> which) {
        return components(house).stream()
                .flatMap(component ->
                        component.steps().stream()
                                .filter(which)
                                .map(step -> component.reference() + "." + step.name()))
                .toList();
    }

    private static boolean collects(StepSpec step) {
        return step.expressions().stream()
                .flatMap(expression -> expression.reads().stream())
                .anyMatch(path -> path.getFirst().equals(Collected.NAME));
    }

    private static boolean isDoneOnceByAProbe(StepSpec step) {
        return step.subject() == StepSpec.Subject.CLUSTER
                && step.action() instanceof StepSpec.Action.Run run
                && run.probe().isPresent();
    }

    private static List<String> ordersBetweenComponents(Composition house) {
        return house.uses().values().stream()
                .flatMap(use ->
                        use.component().steps().stream()
                                .flatMap(step ->
                                        use.usesBefore(step).stream()
                                                .map(before -> step.name() + " after " + before)))
                .toList();
    }
}
