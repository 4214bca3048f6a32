package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Clubs.LATER;
import static dev.ashlar.simulation.behaviour.Clubs.changes;
import static dev.ashlar.simulation.behaviour.Clubs.done;
import static dev.ashlar.simulation.behaviour.Clubs.openClub;
import static dev.ashlar.simulation.behaviour.Clubs.plan;
import static dev.ashlar.simulation.behaviour.Clubs.stood;
import static dev.ashlar.simulation.behaviour.Clubs.token;
import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofUse;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import dev.ashlar.simulation.composition.StepBuilder;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What stands for a value that lapses need not be what that value must be: what changes beside it
/// is still told, and another token is still no change.
class StandInTest {
    private static final Expression TOKEN = read("token", "token");
    private static final Expression PORT = read("inputs", "port");

    @Test
    void aPortBesideATokenThatMustMatchAPatternIsApplied() {
        applied(guests("1"), guests("2"), "~ guest.write@others-1");
    }

    @Test
    void aPortBesideAPartOfATokenIsApplied() {
        applied(
                writing("1", step("write").file("/etc/club", joined(part(TOKEN), PORT))),
                writing("2", step("write").file("/etc/club", joined(part(TOKEN), PORT))),
                "~ kv.write@g-1");
    }

    @Test
    void aPortBesideAPartOfATokenInAStepsInputIsApplied() {
        applied(
                writing("1", step("write").input("of", joined(part(TOKEN), PORT)).script("write")),
                writing("2", step("write").input("of", joined(part(TOKEN), PORT)).script("write")),
                "~ kv.write@g-1");
    }

    @Test
    void aPortInAFileThatIsNamedByATokenIsApplied() {
        applied(
                writing("1", step("write").file(path(TOKEN), PORT)),
                writing("2", step("write").file(path(TOKEN), PORT)),
                "~ kv.write@g-1");
    }

    /// The second is brought about where the first stands, and time alone changes neither.
    private static void applied(Graph first, Graph second, String change) {
        Simulation simulation = stood(first).later(LATER);
        assertThat(plan(simulation).isEmpty()).isTrue();
        assertThat(changes(plan(simulation.goal(second)))).contains(change).hasSize(2);
        done(simulation.up(QUIET));
        assertThat(plan(simulation.later(LATER)).isEmpty()).isTrue();
    }

    private static Graph writing(String port, StepBuilder write) {
        return Story.one(
                ComponentBuilder.component("club")
                        .input("port", literal(port))
                        .step(token())
                        .step(write),
                1);
    }

    private static Graph guests(String port) {
        Constraint made = new Constraint.Pattern("made-.*", text -> text.startsWith("made-"));
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("own", 1)
                        .use("club", "own", openClub())
                        .group("others", 1)
                        .use(
                                "guest",
                                "others",
                                ComponentBuilder.component("guest")
                                        .input("token", ofUse("own", "club", "token"), made)
                                        .input("port", literal(port))
                                        .step(
                                                step("write")
                                                        .file(
                                                                "/etc/guest",
                                                                joined(
                                                                        read("inputs", "token"),
                                                                        PORT))))
                        .build());
    }

    /// What comes after the dash in a token.
    private static Expression part(Expression token) {
        return of(
                token,
                "part",
                text ->
                        text.contains("-")
                                ? new Data.Text(text.substring(text.indexOf('-')))
                                : new Data.Invalid("no part of it", token.span()));
    }

    /// A path for what is a token, and nothing that could be one for anything else.
    private static Expression path(Expression token) {
        return of(
                token,
                "path",
                text -> new Data.Text(text.startsWith("made-") ? "/srv/" + text : text));
    }

    private static Expression of(Expression of, String source, Function<String, Data> made) {
        return Expressions.of(
                Type.Scalar.TEXT,
                source,
                of.reads(),
                scope -> {
                    Value value = of.evaluate(scope);
                    return value.data() instanceof Data.Text(String text)
                            ? new Value(made.apply(text), value.label())
                            : value;
                });
    }
}
