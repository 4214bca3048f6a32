package dev.ashlar.app.command;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.removal.DataLeft;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Whose data may be destroyed. Nothing else says so, `--yes` least of all.
final class WipeOptions {
    private static final int MAX_NAMED = 20;

    @Option(
            names = "--yes-wipe",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Destroy data too, of a use (kv) or of one on a node (kv@store-4); may be repeated.")
    private List<String> names = new ArrayList<>();

    /// As they were typed.
    List<String> names() {
        return List.copyOf(names);
    }

    /// Stops with exit code 3 when a name is for nothing that would be left. One that the last run
    /// was given too may have had its way then: the same command goes on from where it was.
    void check(Past past, List<DataLeft> left) {
        List<String> lines = new ArrayList<>();
        unmet(past, left).forEach(name -> lines.add("error: " + unmet(name, left)));
        if (!lines.isEmpty()) {
            lines.addAll(there(left));
            throw new CommandStop(ExitCode.INVALID, lines);
        }
    }

    /// The same where a name was for something when it was agreed to, and a run has come to that
    /// first: it is too late to refuse anything.
    List<String> missed(Past past, List<DataLeft> left) {
        List<String> lines = new ArrayList<>();
        for (String name : unmet(past, left)) {
            lines.add("warning: " + unmet(name, left) + " any more");
            lines.add(
                    "  help: what the run before has left is not on record now: remove it by hand");
        }
        return lines;
    }

    private List<String> unmet(Past past, List<DataLeft> left) {
        List<String> before =
                past.runs().isEmpty() ? List.of() : past.runs().getLast().start().wipes();
        return names.stream()
                .filter(name -> !before.contains(name))
                .filter(name -> left.stream().noneMatch(one -> isFor(name, one)))
                .toList();
    }

    private static String unmet(String name, List<DataLeft> left) {
        return "--yes-wipe "
                + name
                + (left.stream().anyMatch(one -> one.isNamedBy(name))
                        ? " names data that was there before, or that others have something in: that is never destroyed"
                        : " names no data that this run would leave");
    }

    /// What becomes of data that would be left.
    DataFate fate(List<DataLeft> left) {
        return DataFate.of(left, one -> names.stream().anyMatch(name -> isFor(name, one)));
    }

    private static boolean isFor(String name, DataLeft one) {
        return one.isNamedBy(name) && one.mayBeDestroyed();
    }

    private static List<String> there(List<DataLeft> left) {
        List<String> all =
                left.stream()
                        .filter(DataLeft::mayBeDestroyed)
                        .map(one -> one.name() + " (" + one.thing().title() + ")")
                        .toList();
        if (all.isEmpty()) {
            return List.of(
                    "  help: it would leave none that can be named; what an earlier run has left is not on record any more: remove that by hand");
        }
        List<String> lines = new ArrayList<>();
        all.stream().limit(MAX_NAMED).forEach(one -> lines.add("  help: it would leave " + one));
        if (all.size() > MAX_NAMED) {
            lines.add("  help: and that of " + (all.size() - MAX_NAMED) + " more");
        }
        return lines;
    }
}
