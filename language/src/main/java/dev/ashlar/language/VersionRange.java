package dev.ashlar.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bounds that a version must keep, all of them: `>=1.2 <2`. A bare version is that version alone.
record VersionRange(List<Bound> bounds) {
    private static final Pattern BOUND =
            Pattern.compile("(>=|<=|>|<|=)?\\s*([0-9]+(?:\\.[0-9]+){0,2})");

    record Bound(String comparison, List<Integer> version) {
        boolean admits(List<Integer> other) {
            int compared = compare(other, version);
            return switch (comparison) {
                case ">=" -> compared >= 0;
                case "<=" -> compared <= 0;
                case ">" -> compared > 0;
                case "<" -> compared < 0;
                default -> compared == 0;
            };
        }
    }

    static Optional<VersionRange> parse(String text) {
        List<Bound> bounds = new ArrayList<>();
        Matcher matcher = BOUND.matcher(text);
        int at = 0;
        while (matcher.find()) {
            if (!text.substring(at, matcher.start()).isBlank()) {
                return Optional.empty();
            }
            String comparison = matcher.group(1) == null ? "=" : matcher.group(1);
            bounds.add(new Bound(comparison, numbers(matcher.group(2))));
            at = matcher.end();
        }
        return bounds.isEmpty() || !text.substring(at).isBlank()
                ? Optional.empty()
                : Optional.of(new VersionRange(List.copyOf(bounds)));
    }

    boolean admits(String version) {
        List<Integer> numbers = numbers(version);
        return bounds.stream().allMatch(bound -> bound.admits(numbers));
    }

    private static List<Integer> numbers(String version) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : version.split("\\.", -1)) {
            numbers.add(part.matches("[0-9]{1,9}") ? Integer.parseInt(part) : 0);
        }
        return numbers;
    }

    private static int compare(List<Integer> left, List<Integer> right) {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int a = i < left.size() ? left.get(i) : 0;
            int b = i < right.size() ? right.get(i) : 0;
            if (a != b) {
                return Integer.compare(a, b);
            }
        }
        return 0;
    }
}
