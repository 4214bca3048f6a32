package dev.ashlar.model.diagnostic;

import java.util.List;
import java.util.Optional;

/// One problem of an input, as a value. Problems are collected, never thrown, so that a person sees
/// all of them at once.
///
/// @param code what kind of problem, stable for ever; `ashlar explain CODE` shows its page
/// @param message one sentence in lower case without a full stop, naming what was found
/// @param span where
/// @param label the few words under the caret, may be empty
/// @param notes further places with a sentence each (where it was declared, the cycle's path)
/// @param help what would mend it ("did you mean …"), if anything can be said
public record Diagnostic(
        Code code, String message, Span span, String label, List<Note> notes, Optional<String> help)
        implements Comparable<Diagnostic> {

    /// A further place that belongs to a problem.
    public record Note(Span span, String text) {}

    public Diagnostic {
        notes = List.copyOf(notes);
    }

    /// A problem with nothing but its message and place.
    public static Diagnostic of(Code code, Span span, String message) {
        return new Diagnostic(code, message, span, "", List.of(), Optional.empty());
    }

    /// The same problem with a hint.
    public Diagnostic withHelp(String hint) {
        return new Diagnostic(code, message, span, label, notes, Optional.of(hint));
    }

    /// The same problem with words under the caret.
    public Diagnostic withLabel(String words) {
        return new Diagnostic(code, message, span, words, notes, help);
    }

    /// The same problem with one more place.
    public Diagnostic withNote(Span place, String text) {
        List<Note> all = new java.util.ArrayList<>(notes);
        all.add(new Note(place, text));
        return new Diagnostic(code, message, span, label, all, help);
    }

    public Severity severity() {
        return code.severity();
    }

    /// By place, then by code: the order in which they are shown.
    @Override
    public int compareTo(Diagnostic other) {
        int byPlace = span.compareTo(other.span);
        return byPlace != 0 ? byPlace : code.compareTo(other.code);
    }
}
