package dev.ashlar.language.name;

import java.util.Collection;
import java.util.Optional;

/// Finds what was probably meant.
public final class Spelling {
    private Spelling() {}

    /// The known word nearest to `written`, if one is near enough: a third of its letters may
    /// differ, at least one. Of equally near words the first.
    public static Optional<String> closest(String written, Collection<String> known) {
        int limit = Math.max(1, written.length() / 3);
        String best = "";
        int bestDistance = limit + 1;
        for (String word : known) {
            if (Math.abs(word.length() - written.length()) < bestDistance) {
                int distance = distance(written, word);
                if (distance < bestDistance) {
                    best = word;
                    bestDistance = distance;
                }
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /// `did you mean "x"?`, or what there is to choose from, or nothing.
    public static Optional<String> hint(String written, Collection<String> known) {
        Optional<String> closest = closest(written, known);
        if (closest.isPresent()) {
            return closest.map(word -> "did you mean \"" + word + "\"?");
        }
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of("known: " + String.join(", ", known.stream().limit(12).toList()));
    }

    /// Insertions, deletions, substitutions and swaps of neighbours, each counting one; letter case
    /// counts nothing.
    static int distance(String left, String right) {
        String a = left.toLowerCase(java.util.Locale.ROOT);
        String b = right.toLowerCase(java.util.Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least =
                        Math.min(
                                cost[i - 1][j - 1] + change,
                                1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
