package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.engine.past.InForce;
import dev.ashlar.language.cluster.Overridden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The goal that the last `up` accepted, beside what the files say. What was set then and is not
/// spoken of now is neither taken up nor dropped in silence.
final class GoalOnRecord {
    /// What a shell takes as it is.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    private GoalOnRecord() {}

    /// Stops with exit code 5 where the files disagree with what was set and nobody says which
    /// counts.
    ///
    /// @param saves what can be written into the files will agree with them
    static void refuseDisagreement(Cluster cluster, ClusterRequest request, boolean saves) {
        List<Overridden> open =
                cluster.overridden().stream()
                        .filter(one -> !one.agrees() && !request.sets().containsKey(one.path()))
                        .filter(one -> !saves || one.value().isEmpty())
                        .toList();
        if (open.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("error: the goal on record is not what the files say");
        open.forEach(one -> lines.add("  " + sentence(cluster, one)));
        SequencedMap<String, String> kept = new LinkedHashMap<>();
        open.stream()
                .filter(one -> one.value().isPresent())
                .forEach(one -> kept.put(one.path(), one.given()));
        if (!kept.isEmpty()) {
            lines.add("  help: to keep it so: `ashlar up " + typed(kept) + "`");
            lines.add("  help: to have the files say it: `ashlar up --save`");
        }
        lines.add(
                "  help: to go by the files again: `ashlar up --reset`"
                        + (open.size() > 1 ? ", or --reset=PATH for one alone" : ""));
        throw new CommandStop(ExitCode.WAITING, lines);
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
                        .orElse("the files have no such value");
        return one.path() + " is " + one.given() + " by --set" + since + "; " + files;
    }

    /// The override on record that says this.
    private static Optional<InForce> since(Cluster cluster, Overridden one) {
        return Optional.ofNullable(cluster.inForce().get(one.path()))
                .filter(known -> known.value().equals(one.given()));
    }

    /// What sets these, as it may be typed into a shell; empty where nothing is set.
    static String typed(Map<String, String> overrides) {
        return overrides.entrySet().stream()
                .map(one -> "--set " + quoted(one.getKey() + "=" + one.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
