package dev.ashlar.model.diagnostic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Collects problems while an input is read. Equal problems count once. Confined to one thread.
public final class Diagnostics {
    private final SequencedSet<Diagnostic> found = new LinkedHashSet<>();

    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    /// True when something was found that keeps the input from being used.
    public boolean hasErrors() {
        return found.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    /// All problems, sorted by place.
    public List<Diagnostic> sorted() {
        List<Diagnostic> all = new ArrayList<>(found);
        all.sort(null);
        return List.copyOf(all);
    }
}
