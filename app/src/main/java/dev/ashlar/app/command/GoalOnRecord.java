package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.engine.past.InForce;
import dev.ashlar.language.cluster.Overridden;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.language.revision.FlowText;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The goal that the last `up` accepted, beside what the files say. What was set then and is not
/// spoken of now is neither taken up nor dropped in silence.
final class GoalOnRecord {
    private GoalOnRecord() {}

    /// Stops with exit code 7 where the record is not this cluster's, for then its goal says
    /// nothing of these files; with exit code 5 where the files disagree with what was set and
    /// nobody says which counts; with exit code 3 where what is to be reset is not on record.
    ///
    /// @param verb what was typed
    /// @param saves what can be written into the files will agree with them
    static void refuseDisagreement(
            Cluster cluster, ClusterRequest request, String verb, boolean saves) {
        Belonging.check(cluster);
        refuseUnknownResets(cluster, request);
        List<Overridden> unspoken =
                cluster.overridden().stream()
                        .filter(one -> !one.agrees() && !request.sets().containsKey(one.path()))
                        .toList();
        List<Overridden> open =
                unspoken.stream().filter(one -> !saves || one.value().isEmpty()).toList();
        if (open.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("error: the goal on record is not what the files say");
        open.forEach(one -> lines.add("  " + sentence(cluster, one)));
        lines.addAll(ways(cluster, request, verb, unspoken));
        if (open.size() > 1) {
            lines.add(lines.removeLast() + ", or --reset=PATH for one alone");
        }
        throw new CommandStop(ExitCode.WAITING, lines);
    }

    private static void refuseUnknownResets(Cluster cluster, ClusterRequest request) {
        Set<String> known = cluster.inForce().keySet();
        for (String path : new TreeSet<>(request.resets())) {
            if (!path.equals(ClusterRequest.EVERYTHING) && !known.contains(path)) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        List.of(
                                "error: there is no \"" + path + "\" on record to be reset",
                                "  help: "
                                        + Spelling.hint(path, known)
                                                .orElse("`ashlar status` shows what is set")));
            }
        }
    }

    /// What answers for everything at once, beside what was typed: each goes on when it is typed.
    private static List<String> ways(
            Cluster cluster, ClusterRequest request, String verb, List<Overridden> unspoken) {
        SequencedMap<String, String> kept = new LinkedHashMap<>(request.sets());
        SortedSet<String> dropped = new TreeSet<>(request.resets());
        for (Overridden one : unspoken) {
            if (one.value().isPresent()) {
                kept.put(one.path(), one.given());
            } else {
                dropped.add(one.path());
            }
        }
        String typed = ShellWords.sets(request.sets());
        String resets = ShellWords.resets(dropped);
        List<String> ways = new ArrayList<>();
        if (kept.size() > request.sets().size()) {
            ways.add(
                    "  help: to keep it so: "
                            + ShellWords.command(verb, request, ShellWords.sets(kept), resets));
        }
        if (!cluster.overrides().isEmpty()) {
            ways.add(
                    "  help: to have the files say it: "
                            + ShellWords.command("up", request, typed, resets, "--save"));
        }
        ways.add(
                "  help: to go by the files again: "
                        + ShellWords.command(verb, request, typed, "--reset"));
        return ways;
    }

    /// Stops with exit code 7 where another command has accepted another goal since the files were
    /// read.
    static void refuseMoved(Cluster before, Cluster now) {
        if (!values(before).equals(values(now))) {
            throw new CommandStop(
                    ExitCode.NOT_MINE,
                    List.of(
                            "error: another command has just changed what is set beside the files",
                            "  help: the same command again goes by that"));
        }
    }

    /// True where an `up` accepts another goal than the last one did, be there anything to do or
    /// not.
    static boolean isChanged(Cluster cluster) {
        return !values(cluster).equals(cluster.overrides());
    }

    private static SequencedMap<String, String> values(Cluster cluster) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        cluster.inForce().forEach((path, one) -> values.put(path, one.value()));
        return values;
    }

    /// What is set to something else than the files say, a line each.
    static List<String> lines(Cluster cluster) {
        return cluster.overridden().stream()
                .filter(one -> !one.agrees())
                .map(one -> "  " + sentence(cluster, one))
                .toList();
    }

    private static String sentence(Cluster cluster, Overridden one) {
        String since = since(cluster, one).map(known -> " since run " + known.run()).orElse("");
        String files =
                one.files()
                        .map(said -> said.at().location() + " says " + said.shown())
                        .orElse(
                                one.value().isPresent()
                                        ? "the files do not say it"
                                        : "the files have no such value");
        String value = FlowText.of(one.value().orElseGet(() -> Value.text(one.given())));
        return one.path() + " is " + value + " by --set" + since + "; " + files;
    }

    /// The override on record that says this.
    private static Optional<InForce> since(Cluster cluster, Overridden one) {
        return Optional.ofNullable(cluster.inForce().get(one.path()))
                .filter(known -> known.value().equals(one.given()));
    }
}
