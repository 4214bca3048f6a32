package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Other clusters have to have what this one reads from them: no run of this one brings it about.
final class Lenders {
    private Lenders() {}

    /// Stops with exit code 5 where the plan needs what another cluster does not have yet.
    static void refuseMissing(Cluster cluster, Plan plan) {
        SequencedMap<Await.Elsewhere, List<InstanceKey>> waiting = new LinkedHashMap<>();
        for (Plan.Entry entry : plan.changes()) {
            for (Await await : entry.awaits()) {
                if (await instanceof Await.Elsewhere elsewhere) {
                    waiting.computeIfAbsent(elsewhere, _ -> new ArrayList<>()).add(entry.key());
                }
            }
        }
        if (waiting.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("error: another cluster does not have what this one reads; nothing was touched");
        SequencedSet<String> ways = new TreeSet<>();
        waiting.forEach((elsewhere, readers) -> {
            String path = ShellWords.path(cluster.folder().resolve(elsewhere.cluster()));
            lines.add("  " + path + ": " + elsewhere.reason() + "; read by " + some(readers));
            ways.add("  help: " + help(elsewhere.remedy(), path));
        });
        lines.addAll(ways);
        throw new CommandStop(ExitCode.WAITING, lines);
    }

    private static String help(Await.Remedy remedy, String path) {
        return switch (remedy) {
            case UP -> verb("up", path) + " first";
            case FILES -> verb("validate", path) + " says what is wrong there";
            case RECORD -> verb("plan", path) + " says what is wrong there";
            case NONE ->
                    "no run there changes that: bind what reads it to something else, or say its"
                            + " values under external:";
        };
    }

    private static String verb(String verb, String path) {
        return "`" + ShellWords.line(List.of("ashlar", verb, path)) + "`";
    }

    private static String some(List<InstanceKey> readers) {
        return readers.getFirst()
                + (readers.size() > 1 ? " and " + (readers.size() - 1) + " more" : "");
    }
}
