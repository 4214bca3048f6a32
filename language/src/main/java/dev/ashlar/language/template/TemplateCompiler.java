package dev.ashlar.language.template;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.Optional;

/// Turns file templates into checked expressions of type string. Problems go to the [Diagnostics]
/// it was made with. Confined to one thread; what it makes is immutable.
public final class TemplateCompiler {
    private final Diagnostics problems;

    public TemplateCompiler(Diagnostics problems) {
        this.problems = problems;
    }

    /// Checks a template against what it may read.
    ///
    /// @param fileName as shown to people
    /// @param text the file's content
    /// @return empty when problems were found
    public Optional<Expression> compile(String fileName, String text, Environment environment) {
        problems.sorted();
        return Optional.empty();
    }
}
