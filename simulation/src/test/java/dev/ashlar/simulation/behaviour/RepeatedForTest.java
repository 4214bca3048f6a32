package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.memberName;
import static dev.ashlar.simulation.composition.Expressions.named;
import static dev.ashlar.simulation.composition.Expressions.ofUse;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.Expressions.texts;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Rehearsal;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a step may be repeated for, of what other repeated steps make.
class RepeatedForTest {
    /// Under which keys that is there is known only once it is decided what that is repeated for.
    @Test
    void nobodyIsRepeatedForWhatARepeatedStepOfAnotherMakes() {
        ComponentBuilder maker =
                component("maker-alone")
                        .step(
                                step("issue")
                                        .forCluster()
                                        .on(memberName(0))
                                        .each(texts("ann", "bob"))
                                        .output("token")
                                        .script("issue"))
                        .clusterOutput("tokens", Holds.ALL, read("issue", "token"));
        ComponentBuilder reader =
                component("reader-alone")
                        .input("tokens", ofUse("g", "m", "tokens"))
                        .step(
                                step("entry")
                                        .each(read("inputs", "tokens"))
                                        .file(
                                                named(literal("/entry"), read("each", "key")),
                                                read("each", "key")));
        ClusterBuilder both =
                ClusterBuilder.cluster()
                        .group("g", 1)
                        .use("m", "g", maker)
                        .use("reader", "g", reader);
        List<Diagnostic> problems = Rehearsal.problems(Conditions.wanted(both.build(), new Past()));
        assertThat(problems)
                .extracting(Diagnostic::message)
                .containsExactly("what the step is repeated for is known only in a run");
    }
}
