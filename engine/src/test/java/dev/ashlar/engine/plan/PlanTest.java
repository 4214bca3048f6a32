package dev.ashlar.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.model.identity.InstanceKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void coversWhatDoesNoMoreThanItself() {
        Plan agreed = plan(entry("a", Action.MAYBE), entry("b", Action.REMOVE));
        assertThat(agreed.covers(agreed)).isTrue();
        assertThat(agreed.covers(plan(entry("a", Action.CHANGE)))).isTrue();
        assertThat(agreed.covers(plan(entry("a", Action.UNCHANGED), entry("b", Action.REPLACE))))
                .isTrue();
        assertThat(agreed.covers(plan(entry("c", Action.UNCHANGED)))).isTrue();
        assertThat(agreed.covers(plan())).isTrue();
    }

    @Test
    void doesNotCoverWhatItHasNotOrWhatGoesThatWasToStay() {
        Plan agreed = plan(entry("a", Action.MAYBE), entry("b", Action.UNCHANGED));
        assertThat(agreed.covers(plan(entry("b", Action.CHANGE)))).isFalse();
        assertThat(agreed.covers(plan(entry("c", Action.CREATE)))).isFalse();
        assertThat(agreed.covers(plan(entry("a", Action.REMOVE)))).isFalse();
        assertThat(agreed.covers(plan(entry("a", Action.REPLACE)))).isFalse();
    }

    @Test
    void doesNotCoverMoreThatIsTakenBackByWhatRunsAgain() {
        Plan agreed = plan(entry("a", Action.CHANGE, "file /a"), entry("b", Action.REPLACE));
        assertThat(agreed.covers(plan(entry("a", Action.REPAIR, "file /a")))).isTrue();
        assertThat(agreed.covers(plan(entry("a", Action.CHANGE)))).isTrue();
        assertThat(agreed.covers(plan(entry("b", Action.CHANGE, "file /b")))).isTrue();
        assertThat(agreed.covers(plan(entry("a", Action.CHANGE, "file /a", "file /b")))).isFalse();
        assertThat(plan(entry("a", Action.MAYBE)).covers(agreed)).isFalse();
    }

    private static Plan plan(Entry... entries) {
        return new Plan(Stream.of(entries).toList());
    }

    private static Entry entry(String step, Action action, String... takesBack) {
        return new Entry(
                InstanceKey.ofCluster("kv", step),
                action,
                List.of(),
                Set.of(),
                false,
                Optional.empty(),
                Set.of(takesBack));
    }
}
