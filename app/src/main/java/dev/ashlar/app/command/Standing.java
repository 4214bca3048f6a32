package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Settled;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Knowledge;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.resolve.Resolver;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// What is said of a cluster that stands as its files say: since when that is known, and how to
/// reach it.
final class Standing {
    private Standing() {}

    /// @param plan which has nothing to do, in the part of the cluster that is selected
    /// @param checked every node has just been asked
    static int tell(
            Cluster cluster,
            Selection selection,
            Plan plan,
            boolean checked,
            OutputOptions output,
            Terminal terminal) {
        output.settle();
        if (plan.leftOut() > 0) {
            terminal.say(
                    "Nothing to do with "
                            + selection.words()
                            + ": what is not as the files say is left out, with what comes after it ("
                            + plan.leftOut()
                            + " left out)");
            output.document(
                    terminal,
                    () -> Documents.nothingToDo(cluster.composition().name(), plan.leftOut()));
            return ExitCode.DONE.code();
        }
        Optional<Knowledge> verified = Knowledge.of(cluster.past());
        List<String> notes = output.isHuman() ? notes(cluster) : List.of();
        return tell(cluster.composition().name(), verified, notes, checked, output, terminal);
    }

    /// The same of the whole, where it was found before.
    static int tell(Settled settled, OutputOptions output, Terminal terminal) {
        output.settle();
        return tell(
                settled.cluster(),
                Optional.of(settled.verified()),
                settled.notes(),
                false,
                output,
                terminal);
    }

    private static int tell(
            String cluster,
            Optional<Knowledge> verified,
            List<String> notes,
            boolean checked,
            OutputOptions output,
            Terminal terminal) {
        if (output.isHuman()) {
            terminal.say(
                    "Nothing to do: "
                            + verified.map(Standing::asVerified).orElse("there is nothing in it"));
            if (!checked) {
                terminal.say("  help: --verify compares every node with the record now");
            }
            notes.forEach(terminal::data);
        }
        output.document(terminal, () -> Documents.nothingToDo(cluster, verified));
        return ExitCode.DONE.code();
    }

    /// How it is reached.
    static List<String> notes(Cluster cluster) {
        return Resolver.standing(cluster.graph(), cluster.past())
                .inquiry()
                .notes()
                .values()
                .stream()
                .map(String::stripTrailing)
                .toList();
    }

    private static String asVerified(Knowledge known) {
        long nowMs = Clock.systemUTC().millis();
        String text =
                "as verified "
                        + Times.ago(known.newestMs(), nowMs)
                        + " in run "
                        + known.newestRun()
                        + " ("
                        + Times.at(known.newestMs())
                        + ")";
        return known.isOfOneRun()
                ? text
                : text
                        + "; the oldest part "
                        + Times.ago(known.oldestMs(), nowMs)
                        + " in run "
                        + known.oldestRun();
    }
}
