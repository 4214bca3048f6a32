package dev.ashlar.model.text;

import java.util.List;

/// Lists of words in a sentence.
public final class Words {
    private Words() {}

    /// `a, b, c and 4 more`.
    ///
    /// @param most how many are named
    public static String some(List<String> words, int most) {
        return words.size() <= most
                ? String.join(", ", words)
                : String.join(", ", words.subList(0, most))
                        + " and "
                        + (words.size() - most)
                        + " more";
    }
}
