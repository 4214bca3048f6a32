package dev.ashlar.language.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was probably meant.
public final class Spelling {
    private Spelling() {}

    /// The nearest candidate, if one is near enough: at most one change (insert, delete, replace,
    /// swap of neighbours) per three characters.
    public static Optional<String> nearest(String written, Collection<String> candidates) {
        int limit = Math.max(1, written.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(written, candidate) <= limit)
                .min(
                        Comparator.<String>comparingInt(candidate -> distance(written, candidate))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// The hint for an unknown name: what was probably meant, or else what there is.
    public static Optional<String> hint(String written, Collection<String> candidates) {
        Optional<String> near = nearest(written, candidates);
        if (near.isPresent()) {
            return near.map(Spelling::meant);
        }
        return candidates.isEmpty() || candidates.size() > 20
                ? Optional.empty()
                : Optional.of("there is " + String.join(", ", candidates));
    }

    /// The hint for a name when it is known which one was meant.
    public static String meant(String name) {
        return "did you mean \"" + name + "\"?";
    }

    /// The hint for an unknown type: of one that tells its pack (`lb.Member`), also that no such
    /// pack takes part.
    public static Optional<String> typeHint(String written, Collection<String> candidates) {
        int dot = written.indexOf('.');
        boolean known =
                dot < 0
                        || nearest(written, candidates).isPresent()
                        || candidates.stream()
                                .anyMatch(name -> name.startsWith(written.substring(0, dot + 1)));
        return known
                ? hint(written, candidates)
                : Optional.of(
                        "none of the cluster's packs declares types under \"%s\""
                                .formatted(written.substring(0, dot)));
    }

    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] =
                        Math.min(
                                cost[i - 1][j - 1] + same,
                                1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
