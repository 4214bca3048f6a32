package dev.ashlar.language;

import dev.ashlar.language.pack.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bounds that a version must keep, all of them: `>=1.2 <2`. A bare version is that version alone.
record VersionRange(List<Bound> bounds) {
    private static final Pattern BOUND =
            Pattern.compile("(>=|<=|>|<|=)?\\s*([0-9]+(?:\\.[0-9]+){0,2})");

    record Bound(String comparison, Version version) {
        boolean admits(Version other) {
            int compared = other.compareTo(version);
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
            bounds.add(new Bound(comparison, new Version(matcher.group(2))));
            at = matcher.end();
        }
        return bounds.isEmpty() || !text.substring(at).isBlank()
                ? Optional.empty()
                : Optional.of(new VersionRange(List.copyOf(bounds)));
    }

    boolean admits(Version version) {
        return bounds.stream().allMatch(bound -> bound.admits(version));
    }
}
