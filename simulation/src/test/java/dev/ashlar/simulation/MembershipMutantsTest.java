package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Cores that are broken where members come and go, to see that the simulator notices.
class MembershipMutantsTest {

    @Test
    void noticesThatWhoDoesNotServeLetsOthersIn() {
        assertThat(violations(new Trusting(), 4))
                .anyMatch(words -> words.endsWith("is done on g-1, which does not serve"));
    }

    @Test
    void noticesThatAMemberIsTakenBackBeforeItHasLeft() {
        assertThat(violations(forgettingTheThird(), 2))
                .anyMatch(words -> words.endsWith("is taken back before its member has left"));
    }

    @Test
    void noticesThatWhoIsAnnouncedIsNotCounted() {
        Simulation simulation = founded();
        Faults broken = Faults.broken(InstanceKey.onNode("kv", "run", "g-4"));
        simulation.goal(store(4, "port 1")).up(SimulationOptions.of(1).withFaults(broken));
        simulation.goal(store(4, "port 2"));
        Timeline run =
                simulation
                        .tampered(forgettingThatItJoined())
                        .up(SimulationOptions.of(1).withFaults(broken));
        assertThat(run.violations())
                .anyMatch(words -> words.contains("is started while out of its group are"));
    }

    private static List<String> violations(Tampering mutant, int members) {
        Simulation simulation = founded();
        simulation.fleet().kill(InstanceKey.onNode("kv", "run", "g-1"));
        simulation.goal(store(members, "port 1"));
        return simulation.tampered(mutant).up(SimulationOptions.of(1)).violations();
    }

    private static Tampering forgettingTheThird() {
        return new Tampering() {
            @Override
            public Past past(List<JournalRecord> journal) {
                Past past = new Past();
                journal.forEach(entry ->
                        past.apply(
                                entry instanceof JournalRecord.Founded group
                                        ? new JournalRecord.Founded(
                                                group.run(),
                                                group.use(),
                                                group.nodes().subList(0, 2),
                                                group.atMs())
                                        : entry));
                return past;
            }
        };
    }

    private static Tampering forgettingThatItJoined() {
        return new Tampering() {
            @Override
            public Past past(List<JournalRecord> journal) {
                Past past = new Past();
                journal.stream()
                        .filter(entry ->
                                entry.instance()
                                        .filter(key -> !key.use().equals(InstanceKey.NODE_USE))
                                        .flatMap(InstanceKey::node)
                                        .filter("g-4"::equals)
                                        .isEmpty())
                        .forEach(past::apply);
                return past;
            }
        };
    }

    private static Simulation founded() {
        Simulation simulation = new Simulation(store(3, "port 1"));
        assertThat(simulation.up(SimulationOptions.of(1)).isDone()).isTrue();
        return simulation;
    }

    private static Graph store(int members, String port) {
        return MemberStore.graph("g", members, port);
    }
}
