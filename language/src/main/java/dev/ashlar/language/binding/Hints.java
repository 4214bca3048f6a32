package dev.ashlar.language.binding;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.language.expression.Unmarked;
import dev.ashlar.language.yaml.ScalarKind;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.type.Type;
import java.util.Collection;
import java.util.Optional;

/// Words that several diagnostics share.
public final class Hints {
    private Hints() {}

    /// With what was probably meant, or what there is to choose from.
    public static Diagnostic spelled(
            Diagnostic diagnostic, String written, Collection<String> known) {
        return Spelling.hint(written, known).map(diagnostic::withHelp).orElse(diagnostic);
    }

    /// That a text, legal as it is, is the path of something that can be read in its place.
    public static Diagnostic unmarked(String path, YamlNode.Scalar written) {
        return Diagnostic.of(
                        Code.ASH0212,
                        written.span(),
                        "this is the text \"" + path + "\", not what is read there")
                .withHelp(
                        "an expression stands in ${…}: %s; where the text is meant: %s"
                                .formatted(Unmarked.marked(path), Unmarked.literal(path)));
    }

    /// What was probably meant by a text where only an expression will do.
    public static Optional<String> meant(YamlNode written, Environment environment) {
        return written instanceof YamlNode.Scalar scalar && scalar.kind() == ScalarKind.TEXT
                ? Unmarked.hint(scalar.text(), environment)
                : Optional.empty();
    }

    /// What a place takes and what stands there.
    static String mismatch(Type expected, YamlNode found) {
        String type = expected.toString();
        boolean vowel = "aeio".indexOf(Character.toLowerCase(type.charAt(0))) >= 0;
        return "this takes " + (vowel ? "an " : "a ") + type + ", but this is " + found.described();
    }
}
