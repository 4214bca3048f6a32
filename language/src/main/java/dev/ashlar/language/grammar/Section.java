package dev.ashlar.language.grammar;

import dev.ashlar.language.expression.Spelling;
import dev.ashlar.language.grammar.Form.Presence;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A mapping read by its form. On creation unknown, missing and reserved keys and values of the
/// wrong kind are reported; what the accessors return is of the right kind. Confined to one thread.
public final class Section {
    private final Form form;
    private final Span span;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();

    private Section(Form form, Span span) {
        this.form = form;
        this.span = span;
    }

    /// Reads a mapping.
    ///
    /// @param at where something missing is reported: the key the mapping stands under
    public static Section read(
            Form form, YamlNode.Mapping mapping, Span at, Diagnostics diagnostics) {
        Section section = new Section(form, mapping.span());
        ContentCheck check = new ContentCheck(diagnostics);
        for (YamlNode.Entry entry : mapping.entries()) {
            Optional<Form.Key> key = form.key(entry.name());
            if (key.isEmpty()) {
                diagnostics.add(unknown(form, entry));
            } else if (key.get().presence() == Presence.RESERVED) {
                refuse(entry, diagnostics);
            } else if (check.accepts(entry.name(), key.get().content(), entry.value())) {
                section.entries.put(entry.name(), entry);
            }
        }
        for (Form.Key key : form.keys()) {
            if (key.presence() == Presence.REQUIRED && mapping.get(key.name()).isEmpty()) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0102, at, form.name() + " has no \"" + key.name() + "\""));
            }
        }
        return section;
    }

    private static Diagnostic unknown(Form form, YamlNode.Entry entry) {
        Diagnostic found =
                Diagnostic.of(
                        Code.ASH0101,
                        entry.key().span(),
                        "unknown key \"" + entry.name() + "\" in " + form.name());
        return Optional.ofNullable(form.meant().get(entry.name()))
                .map(Spelling::meant)
                .or(() -> Spelling.hint(entry.name(), form.names()))
                .map(found::withHelp)
                .orElse(found);
    }

    private static void refuse(YamlNode.Entry entry, Diagnostics diagnostics) {
        boolean empty =
                switch (entry.value()) {
                    case YamlNode.Mapping(var inner, _) -> inner.isEmpty();
                    case YamlNode.Sequence(var inner, _) -> inner.isEmpty();
                    case YamlNode.Scalar _ -> false;
                };
        if (!empty) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0112,
                            entry.key().span(),
                            "\"" + entry.name() + "\" is not available yet"));
        }
    }

    public Span span() {
        return span;
    }

    public Form form() {
        return form;
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /// Where a key stands; the whole mapping for one that is not there.
    public Span at(String key) {
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? span : entry.key().span();
    }

    public Optional<YamlNode.Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public Optional<YamlNode> value(String key) {
        return entry(key).map(YamlNode.Entry::value);
    }

    /// A text, name or word.
    public Optional<YamlNode.Scalar> scalar(String key) {
        return value(key)
                .filter(v -> v instanceof YamlNode.Scalar)
                .map(YamlNode.Scalar.class::cast);
    }

    public Optional<String> text(String key) {
        return scalar(key).map(YamlNode.Scalar::text);
    }

    public String text(String key, String fallback) {
        return text(key).orElse(fallback);
    }

    public boolean truth(String key) {
        return text(key).filter(t -> t.equalsIgnoreCase("true")).isPresent();
    }

    public Optional<Long> whole(String key) {
        return text(key).map(Literals::whole);
    }

    public Optional<Duration> duration(String key) {
        return text(key).flatMap(Literals::duration);
    }

    /// The entries of a mapping of names; none for a key that is not there.
    public List<YamlNode.Entry> names(String key) {
        return value(key).orElse(NOTHING) instanceof YamlNode.Mapping(var inner, _)
                ? inner
                : List.of();
    }

    /// The elements of a list; none for a key that is not there.
    public List<YamlNode> elements(String key) {
        return value(key).orElse(NOTHING) instanceof YamlNode.Sequence(var inner, _)
                ? inner
                : List.of();
    }

    private static final YamlNode NOTHING = new YamlNode.Sequence(List.of(), Span.wholeFile(""));
}
