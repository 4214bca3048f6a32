package dev.ashlar.language.template;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.Leak;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.util.Optional;

/// Turns file templates into checked expressions of type string (secret, where they read a secret).
/// Problems go to the [Diagnostics] it was made with. Confined to one thread; what it makes is
/// immutable.
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
        Tokens tokens = Tokens.of(text);
        Places places = new Places(fileName, text, tokens.all());
        Optional<Diagnostic> outOfBounds = Bounds.problem(tokens, places);
        if (outOfBounds.isPresent()) {
            problems.add(outOfBounds.get());
            return Optional.empty();
        }
        PebbleTemplateImpl pebble;
        try {
            pebble = Engine.parse(text);
        } catch (PebbleException e) {
            problems.add(syntax(e, places));
            return Optional.empty();
        }
        Check check = new Check(environment, places, problems);
        if (!check.passes(pebble.getRootNode())) {
            return Optional.empty();
        }
        boolean isSecret = Leak.isIn(check.reads(), environment);
        Type type = isSecret ? new Type.Secret(Type.Scalar.TEXT) : Type.Scalar.TEXT;
        return Optional.of(new Template(fileName, pebble, type, places, check.reads()));
    }

    private static Diagnostic syntax(PebbleException e, Places places) {
        int line = Optional.ofNullable(e.getLineNumber()).orElse(1);
        String message = Optional.ofNullable(e.getPebbleMessage()).orElse("");
        Span span = places.word(line, Wording.subject(message));
        Diagnostic problem = Diagnostic.of(Code.ASH0301, span, Wording.of(message));
        return Hints.of(places.line(line)).map(problem::withHelp).orElse(problem);
    }
}
