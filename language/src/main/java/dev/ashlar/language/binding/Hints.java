package dev.ashlar.language.binding;

import dev.ashlar.language.expression.Spelling;
import dev.ashlar.model.diagnostic.Diagnostic;
import java.util.Collection;

/// Hints on diagnostics.
public final class Hints {
    private Hints() {}

    /// With what was probably meant, or what there is to choose from.
    public static Diagnostic spelled(
            Diagnostic diagnostic, String written, Collection<String> known) {
        return Spelling.hint(written, known).map(diagnostic::withHelp).orElse(diagnostic);
    }
}
