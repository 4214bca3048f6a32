package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.engine.past.RunSummary;
import dev.ashlar.engine.resolve.Achieved;
import dev.ashlar.engine.resolve.Resolver;
import java.time.Clock;
import java.util.Optional;

/// What is said of a cluster that stands as its files say: since when that is known, and how to reach it.
final class Standing {
    private Standing() {}

    static int tell(Cluster cluster, OutputOptions output, Terminal terminal) {
        Optional<RunSummary> verified = cluster.past().lastVerified();
        if (output.isHuman()) {
            terminal.say("Nothing to do: " + verified.map(Standing::asVerified).orElse("as recorded"));
            Resolver resolver = resolver(cluster);
            resolver.notes().values().forEach(note -> terminal.data(note.stripTrailing()));
        } else {
            terminal.data(Documents.nothingToDo(cluster.composition().name(), verified));
        }
        return ExitCode.DONE.code();
    }

    private static String asVerified(RunSummary run) {
        long endMs = run.end().orElseThrow().atMs();
        return "as verified "
                + Times.ago(endMs, Clock.systemUTC().millis())
                + " in run "
                + run.start().run()
                + " ("
                + Times.at(endMs)
                + ")";
    }

    /// A resolver for which everything on record holds.
    static Resolver resolver(Cluster cluster) {
        Achieved achieved = new Achieved(cluster.graph());
        cluster.past().standing().values().forEach(achieved::achieve);
        return new Resolver(cluster.graph(), cluster.past(), achieved);
    }
}
