package dev.ashlar.language.binding;

import dev.ashlar.language.expression.Spelling;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.type.Type;
import java.util.Collection;

/// Words that several diagnostics share.
public final class Hints {
    private Hints() {}

    /// With what was probably meant, or what there is to choose from.
    public static Diagnostic spelled(
            Diagnostic diagnostic, String written, Collection<String> known) {
        return Spelling.hint(written, known).map(diagnostic::withHelp).orElse(diagnostic);
    }

    /// What a place takes and what stands there.
    static String mismatch(Type expected, YamlNode found) {
        String type = expected.toString();
        boolean vowel = "aeio".indexOf(Character.toLowerCase(type.charAt(0))) >= 0;
        return "this takes " + (vowel ? "an " : "a ") + type + ", but this is " + found.described();
    }
}
