package dev.ashlar.app.terminal;

import dev.ashlar.app.content.FileChange;
import dev.ashlar.engine.plan.Explanation.Detail;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.text.Words;
import dev.ashlar.model.value.Await;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A plan for people: counts first, then one row for equal changes over many nodes, with the
/// reason.
public final class PlanView {
    private static final int MAX_NODES_NAMED = 5;
    private static final int MAX_ELEMENTS_NAMED = 5;
    private static final int MAX_AWAITS_NAMED = 3;

    /// What goes stands in a plan in the order of the record; the nodes of a group are counted up.
    private static final Comparator<InstanceKey> BY_NODE =
            Comparator.comparing(
                    (InstanceKey key) -> key.node().orElse(""),
                    Comparator.comparingInt(String::length).thenComparing(String::compareTo));

    private record Row(String use, String step, Action action, boolean disruptive, String why) {

        /// What may restart or reboot something stands out; what goes or is replaced does so
        /// anyway.
        String sign() {
            boolean goes = action == Action.REMOVE || action == Action.REPLACE;
            return disruptive && !goes ? "!" : action.sign();
        }
    }

    private final Terminal terminal;

    public PlanView(Terminal terminal) {
        this.terminal = terminal;
    }

    /// The lines, without the header that names cluster and site.
    ///
    /// @param showUnchanged list what stays too, and what is left out
    public List<String> lines(Plan plan, boolean showUnchanged) {
        List<String> lines = new ArrayList<>();
        lines.add("Plan: " + counts(plan.entries()));
        disruptive(plan).ifPresent(lines::add);
        Map<Row, List<InstanceKey>> rows = new LinkedHashMap<>();
        for (Entry entry : plan.entries()) {
            if (showUnchanged || isShown(entry.action())) {
                rows.computeIfAbsent(row(entry), _ -> new ArrayList<>()).add(entry.key());
            }
        }
        rows.forEach((row, keys) -> {
            if (row.action() == Action.REMOVE) {
                keys.sort(BY_NODE);
            }
            byElements(keys).forEach(same -> lines.add(line(row, same)));
        });
        return lines;
    }

    /// The same, and what becomes of data.
    public List<String> lines(Plan plan, DataFate data, boolean showUnchanged) {
        List<String> lines = new ArrayList<>(lines(plan, showUnchanged));
        lines.addAll(new DataView(terminal).planned(data));
        return lines;
    }

    /// Elements of a repeated step that are on the same nodes share a line.
    private static Collection<List<InstanceKey>> byElements(List<InstanceKey> keys) {
        Map<Optional<String>, List<InstanceKey>> byElement = new LinkedHashMap<>();
        keys.forEach(key -> byElement.computeIfAbsent(key.key(), _ -> new ArrayList<>()).add(key));
        Map<List<Optional<String>>, List<InstanceKey>> byNodes = new LinkedHashMap<>();
        for (List<InstanceKey> of : byElement.values()) {
            List<Optional<String>> nodes = of.stream().map(InstanceKey::node).toList();
            byNodes.computeIfAbsent(nodes, _ -> new ArrayList<>()).addAll(of);
        }
        return byNodes.values();
    }

    private static boolean isShown(Action action) {
        return action != Action.UNCHANGED && action != Action.LEFT_OUT;
    }

    private static Row row(Entry entry) {
        return new Row(
                entry.key().use(),
                entry.key().step(),
                entry.action(),
                entry.disruptive(),
                why(entry));
    }

    /// Counts alone: of the whole, then of each use in the order of the plan.
    public List<String> summary(Plan plan) {
        Map<String, List<Entry>> byUse = new LinkedHashMap<>();
        plan.entries()
                .forEach(entry ->
                        byUse.computeIfAbsent(entry.key().use(), _ -> new ArrayList<>())
                                .add(entry));
        List<String> lines = new ArrayList<>(List.of("Plan: " + counts(plan.entries())));
        byUse.forEach((use, entries) -> lines.add("  " + use + ": " + counts(entries)));
        return lines;
    }

    /// Every instance in a row of its own, with what it does, its inputs, and what becomes of
    /// files.
    public List<String> inFull(
            Plan plan, Map<InstanceKey, Detail> details, Map<InstanceKey, List<FileChange>> files) {
        List<String> lines = new ArrayList<>(List.of("Plan: " + counts(plan.entries())));
        disruptive(plan).ifPresent(lines::add);
        for (Entry entry : plan.entries()) {
            lines.add(line(row(entry), List.of(entry.key())));
            Optional.ofNullable(details.get(entry.key()))
                    .ifPresent(detail -> lines.addAll(inFull(detail)));
            files.getOrDefault(entry.key(), List.of())
                    .forEach(file -> lines.addAll(new DiffView(terminal).lines(file)));
        }
        return lines;
    }

    private List<String> inFull(Detail detail) {
        List<String> lines = new ArrayList<>(detail.does());
        detail.inputs().forEach((name, input) -> lines.add(WhyView.line(name, input)));
        lines.replaceAll(line -> terminal.paint(Paint.FAINT, "      " + line));
        return lines;
    }

    private static String counts(List<Entry> entries) {
        Map<Action, Long> counts =
                entries.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Entry::action, LinkedHashMap::new, Collectors.counting()));
        List<String> words = new ArrayList<>();
        for (Action action : Action.values()) {
            long count = counts.getOrDefault(action, 0L);
            if (count > 0) {
                words.add(count + " to " + verb(action));
            }
        }
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    private static Optional<String> disruptive(Plan plan) {
        List<String> keys =
                plan.entries().stream()
                        .filter(entry -> entry.disruptive() && entry.action() != Action.REMOVE)
                        .map(entry -> entry.key().toString())
                        .toList();
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of("May restart: " + Words.some(keys, MAX_NODES_NAMED));
    }

    private static String verb(Action action) {
        return switch (action) {
            case CREATE -> "create";
            case CHANGE -> "change";
            case MAYBE -> "decide while it runs";
            case REPAIR -> "repair";
            case REPLACE -> "replace";
            case REMOVE -> "remove";
            case UNCHANGED -> "leave as they are";
            case LEFT_OUT -> "leave out";
            case IMPOSSIBLE -> "mend first";
        };
    }

    private static String why(Entry entry) {
        if (!entry.reasons().isEmpty()) {
            return String.join("; ", entry.reasons());
        }
        return switch (entry.action()) {
            case MAYBE -> "its inputs may change";
            case CREATE, CHANGE, REPAIR, REPLACE, REMOVE, UNCHANGED, LEFT_OUT, IMPOSSIBLE -> "";
        };
    }

    private String line(Row row, List<InstanceKey> keys) {
        List<String> nodes = named(keys, InstanceKey::node);
        List<String> elements = named(keys, InstanceKey::key);
        String repeated =
                elements.isEmpty() ? "" : "[" + Words.some(elements, MAX_ELEMENTS_NAMED) + "]";
        String subject = nodes.isEmpty() ? "" : " @ " + Words.some(nodes, MAX_NODES_NAMED);
        String reason = row.why().isEmpty() ? "" : "  (" + row.why() + ")";
        String name = row.use() + "." + row.step() + repeated;
        String text = "  " + row.sign() + " " + name + subject + reason;
        return switch (row.action()) {
            case CREATE -> terminal.paint(Paint.GOOD, text);
            case CHANGE, MAYBE, REPAIR, REPLACE -> terminal.paint(Paint.CHANGE, text);
            case REMOVE, IMPOSSIBLE -> terminal.paint(Paint.BAD, text);
            case UNCHANGED, LEFT_OUT -> terminal.paint(Paint.FAINT, text);
        };
    }

    private static List<String> named(
            List<InstanceKey> keys, Function<InstanceKey, Optional<String>> part) {
        return keys.stream().flatMap(key -> part.apply(key).stream()).distinct().toList();
    }

    /// `(known after kv.certificate@store-1)`, for entries that wait. What is awaited of another
    /// cluster is among the reasons.
    public static String knownAfter(Entry entry) {
        List<String> names =
                entry.awaits().stream()
                        .filter(await -> !(await instanceof Await.Elsewhere))
                        .map(Object::toString)
                        .toList();
        return names.isEmpty() ? "" : "(known after " + Words.some(names, MAX_AWAITS_NAMED) + ")";
    }
}
