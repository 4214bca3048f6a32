package dev.ashlar.language.pack;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.expression.Unmarked;
import dev.ashlar.language.template.TemplateCompiler;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec.Script;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.Optional;

/// Reads what a component takes from the pack's other files: templates, sources, scripts.
final class ContentReader {
    private final PackFolder folder;
    private final Diagnostics diagnostics;
    private final TemplateCompiler templates;

    ContentReader(PackFolder folder, Diagnostics diagnostics) {
        this.folder = folder;
        this.diagnostics = diagnostics;
        this.templates = new TemplateCompiler(diagnostics);
    }

    /// The content of the file that `template` or `source` names.
    Optional<Expression> file(YamlNode.Entry entry, Environment environment) {
        if (!(entry.value() instanceof YamlNode.Scalar named)) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0103,
                            entry.value().span(),
                            "\""
                                    + entry.name()
                                    + "\" must be a string, not "
                                    + entry.value().described()));
            return Optional.empty();
        }
        return entry.name().equals("template")
                ? folder.findText(named, diagnostics)
                        .flatMap(f -> templates.compile(f.name(), f.text(), environment))
                : folder.find(named, diagnostics)
                        .map(f ->
                                ExpressionCompiler.literal(
                                        new Value(new Data.Blob(f.bytes()), Label.NONE),
                                        Type.Scalar.TEXT,
                                        named.span(),
                                        named.text()));
    }

    /// A text that is not scanned for expressions.
    ///
    /// @param environment what one in its place would read
    Optional<Expression> verbatim(String key, YamlNode node, Environment environment) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0103,
                            node.span(),
                            "\"" + key + "\" must be a string, not " + node.described()));
            return Optional.empty();
        }
        Unmarked.path(inside(scalar.text()), environment)
                .ifPresent(path -> diagnostics.add(notScanned(key, path, scalar)));
        return Optional.of(
                ExpressionCompiler.literal(
                        Value.text(scalar.text()), Type.Scalar.TEXT, scalar.span(), scalar.raw()));
    }

    /// What is between the marks of a text that is nothing but an expression, or else the text.
    private static String inside(String text) {
        String bare = text.strip();
        return bare.startsWith("${") && bare.endsWith("}")
                ? bare.substring(2, bare.length() - 1)
                : bare;
    }

    private static Diagnostic notScanned(String key, String path, YamlNode.Scalar written) {
        return Diagnostic.of(
                        Code.ASH0212,
                        written.span(),
                        "\"" + key + "\" is taken as it stands: \"" + path + "\" is not read")
                .withHelp(
                        "what reads values is a template: template: NAME.peb, and {{ "
                                + path
                                + " }} in that file");
    }

    Optional<Script> script(YamlNode.Scalar named) {
        return folder.findText(named, diagnostics)
                .map(found -> new Script(found.name(), found.text()));
    }
}
