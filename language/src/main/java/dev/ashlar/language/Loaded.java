package dev.ashlar.language;

import dev.ashlar.language.cluster.Overridden;
import dev.ashlar.language.source.Find;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came of loading.
///
/// @param composition there exactly when no diagnostic is an error
/// @param diagnostics all problems, sorted by place
/// @param sources the text of each file that took part, by the name that spans use
/// @param overridden each override beside what the files say in its place
/// @param finds all that was looked at on disk: whoever would find the same again loads the same;
///   empty where something else took part (another cluster, or a text in the file's place)
public record Loaded(
        Optional<Composition> composition,
        List<Diagnostic> diagnostics,
        Map<String, String> sources,
        List<Overridden> overridden,
        Optional<List<Find>> finds) {
    public Loaded {
        diagnostics = List.copyOf(diagnostics);
        sources = Map.copyOf(sources);
        overridden = List.copyOf(overridden);
        finds = finds.map(List::copyOf);
    }
}
