package dev.ashlar.app.selection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Which nodes of a cluster are meant, in the language of Ansible's host patterns: names of nodes
/// and groups joined by `,` or `:`, wildcards, `~` before a regular expression, `&` before what
/// must be so too, `!` before what is not meant, `group[0]` and `group[1:2]` for members by number
/// (from 0, from the end below it, both ends included).
///
/// Source: "Patterns: targeting hosts and groups" of Ansible's documentation.
final class NodePattern {
    private static final Pattern BY_NUMBER =
            Pattern.compile("(?<name>[^\\[]+)\\[(?<from>-?\\d+)?(?<range>:(?<to>-?\\d+)?)?\\]");

    /// What a part does to the set of nodes.
    private enum Sign {
        ALSO,
        ONLY,
        NOT
    }

    private record Part(Sign sign, String text) {}

    private final List<Part> parts;

    private NodePattern(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    static NodePattern of(String text) {
        List<Part> parts = new ArrayList<>();
        for (String each : split(text)) {
            String part = each.strip();
            switch (part.isEmpty() ? ' ' : part.charAt(0)) {
                case ' ' -> {}
                case '!' -> parts.add(new Part(Sign.NOT, part.substring(1)));
                case '&' -> parts.add(new Part(Sign.ONLY, part.substring(1)));
                default -> parts.add(new Part(Sign.ALSO, part));
            }
        }
        return new NodePattern(parts);
    }

    /// True when nothing is named at all.
    boolean isEmpty() {
        return parts.isEmpty();
    }

    /// A `:` inside brackets separates numbers.
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            depth += sign == '[' ? 1 : sign == ']' ? -1 : 0;
            if (depth <= 0 && (sign == ',' || sign == ':')) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /// The nodes that are meant, in the cluster's order.
    ///
    /// @param groups of the cluster, with their nodes
    /// @param unknown takes each part that names nothing
    Set<String> among(SequencedMap<String, List<String>> groups, List<String> unknown) {
        SequencedSet<String> all = new LinkedHashSet<>();
        groups.values().forEach(all::addAll);
        SequencedSet<String> meant = new LinkedHashSet<>();
        if (parts.stream().noneMatch(part -> part.sign() == Sign.ALSO)) {
            meant.addAll(all);
        }
        for (Sign sign : Sign.values()) {
            for (Part part : parts) {
                if (part.sign() == sign) {
                    Optional<Set<String>> named = named(part.text(), groups, all);
                    if (named.isEmpty()) {
                        unknown.add(part.text());
                    }
                    apply(sign, named.orElse(Set.of()), meant);
                }
            }
        }
        SequencedSet<String> ordered = new LinkedHashSet<>(all);
        ordered.retainAll(meant);
        return ordered;
    }

    private static void apply(Sign sign, Set<String> nodes, Set<String> meant) {
        switch (sign) {
            case ALSO -> meant.addAll(nodes);
            case ONLY -> meant.retainAll(nodes);
            case NOT -> meant.removeAll(nodes);
        }
    }

    /// Empty where nothing is called so.
    private static Optional<Set<String>> named(
            String text, Map<String, List<String>> groups, Set<String> all) {
        if (text.equals("all") || text.equals("*")) {
            return Optional.of(all);
        }
        Matcher byNumber = BY_NUMBER.matcher(text);
        if (!text.startsWith("~")
                && byNumber.matches()
                && (byNumber.group("from") != null || byNumber.group("range") != null)) {
            return byName(byNumber.group("name"), groups, all)
                    .map(List::copyOf)
                    .map(members -> byNumber(byNumber, members))
                    .or(() -> byName(text, groups, all));
        }
        return byName(text, groups, all);
    }

    private static Optional<Set<String>> byName(
            String text, Map<String, List<String>> groups, Set<String> all) {
        Glob glob;
        try {
            glob = Glob.of(text);
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
        Set<String> nodes = new LinkedHashSet<>();
        boolean any = false;
        for (Map.Entry<String, List<String>> group : groups.entrySet()) {
            if (glob.matches(group.getKey())) {
                any = true;
                nodes.addAll(group.getValue());
            }
        }
        all.stream().filter(glob::matches).forEach(nodes::add);
        return any || !nodes.isEmpty() ? Optional.of(nodes) : Optional.empty();
    }

    private static Set<String> byNumber(Matcher numbers, List<String> members) {
        int size = members.size();
        int from = number(numbers.group("from"), 0, size);
        boolean isRange = numbers.group("range") != null;
        int to = isRange ? number(numbers.group("to"), size - 1, size) : from;
        int first = Math.max(from, 0);
        return new LinkedHashSet<>(
                Stream.iterate(first, i -> i <= to && i < size, i -> i + 1)
                        .map(members::get)
                        .toList());
    }

    private static int number(String digits, int otherwise, int size) {
        if (digits == null) {
            return otherwise;
        }
        long number = digits.length() > 9 ? size : Long.parseLong(digits);
        return (int) (number < 0 ? size + number : number);
    }
}
