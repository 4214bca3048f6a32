package dev.ashlar.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.engine.run.Passage;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.engine.run.Phases;
import dev.ashlar.engine.run.Visit;
import dev.ashlar.model.journal.JournalRecord.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The tables of states are whole, and their page draws them as they are: `-Dashlar.write` writes
/// it anew.
class PhasesPageTest {
    private static final Path PAGE = Host.checkout().resolve("docs/reference/phases.md");
    private static final String AFTER = "```\n";

    @ParameterizedTest
    @EnumSource
    void itDrawsTheTable(Effect effect) throws IOException {
        holds(effect.toString(), Phase.PENDING, Phases.all(effect));
    }

    @Test
    void itDrawsTheTableOfVisits() throws IOException {
        holds("VISIT", Visit.NOT_YET, Visit.table());
    }

    private static <S extends Enum<S>> void holds(String name, S first, List<Passage<S>> table)
            throws IOException {
        String page = Files.readString(PAGE);
        String drawn = drawn(first, table);
        String before = "<!-- from the table of %s -->\n```mermaid\n".formatted(name);
        assertThat(page).contains(before);
        int from = page.indexOf(before) + before.length();
        int to = page.indexOf(AFTER, from);
        if (System.getProperty("ashlar.write") != null) {
            Files.writeString(PAGE, page.substring(0, from) + drawn + page.substring(to));
        } else {
            assertThat(page.substring(from, to)).isEqualTo(drawn);
        }
    }

    private static <S extends Enum<S>> String drawn(S first, List<Passage<S>> table) {
        return table.stream()
                .map(one -> "  %s --> %s: %s\n".formatted(one.from(), one.to(), one.by()))
                .collect(Collectors.joining("", "stateDiagram-v2\n  [*] --> " + first + "\n", ""));
    }

    /// Every phase is reached, and what is no end is left: by a passage that is there once.
    @ParameterizedTest
    @EnumSource
    void everyPhaseIsReachedAndEveryPhaseThatIsNoEndIsLeft(Effect effect) {
        List<Passage<Phase>> all = Phases.all(effect);
        assertThat(all).doesNotHaveDuplicates();
        assertThat(all.stream().map(one -> one.from() + " " + one.to())).doesNotHaveDuplicates();
        Set<Phase> reached = EnumSet.of(Phase.PENDING);
        all.forEach(one -> reached.add(one.to()));
        assertThat(all).allSatisfy(one -> assertThat(reached).contains(one.from()));
        for (Phase phase : reached) {
            if (!phase.isEnd()) {
                assertThat(all)
                        .as("%s leads to an end", phase)
                        .anyMatch(one -> one.from() == phase && one.to().isEnd());
            }
        }
    }

    @Test
    void everyStateOfAVisitIsReachedAndLeft() {
        assertThat(Visit.table()).doesNotHaveDuplicates();
        assertThat(Visit.table().stream().map(Passage::from)).contains(Visit.values());
        assertThat(Visit.table().stream().map(Passage::to))
                .contains(Visit.WANTED, Visit.BEGUN, Visit.ENDED);
    }

    @Test
    void whatIsBroughtAboutMayComeToAnyPhase() {
        assertThat(Phases.all(Effect.DO).stream().map(Passage::to).distinct())
                .containsExactlyInAnyOrder(Phase.values());
    }
}
