package dev.ashlar.language.yaml;

import dev.ashlar.model.diagnostic.Span;
import java.util.List;
import java.util.Optional;

/// Finds tabs where only spaces may indent.
final class Indentation {
    private Indentation() {}

    /// The first tab in the indentation of the given line or of one of the few before it: a parser
    /// notices one a little later than it stands.
    static Optional<Span> tabAtOrBefore(String file, String text, int line) {
        List<String> lines = text.lines().toList();
        for (int number = Math.max(1, line - 2); number <= Math.min(line, lines.size()); number++) {
            String content = lines.get(number - 1);
            int indentation = content.length() - content.stripLeading().length();
            int tab = content.indexOf('\t');
            if (tab >= 0 && tab < indentation) {
                return Optional.of(Span.of(file, number, tab + 1, 1));
            }
        }
        return Optional.empty();
    }
}
