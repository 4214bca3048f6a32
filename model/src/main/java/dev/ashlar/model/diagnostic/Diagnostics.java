package dev.ashlar.model.diagnostic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Collects problems while an input is read. Equal problems count once; beyond [#COUNT_MAX] nobody
/// is helped by another one. Confined to one thread.
public final class Diagnostics {
    static final int COUNT_MAX = 10_000;

    private final SequencedSet<Diagnostic> found = new LinkedHashSet<>();
    private boolean hasErrors;

    public void add(Diagnostic diagnostic) {
        boolean isFirstError = !hasErrors && diagnostic.severity() == Severity.ERROR;
        if (isFirstError || found.size() < COUNT_MAX) {
            found.add(diagnostic);
            hasErrors |= isFirstError;
        }
    }

    /// True when something was found that keeps the input from being used.
    public boolean hasErrors() {
        return hasErrors;
    }

    /// All problems, sorted by place.
    public List<Diagnostic> sorted() {
        List<Diagnostic> all = new ArrayList<>(found);
        all.sort(null);
        return List.copyOf(all);
    }
}
