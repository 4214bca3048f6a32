package dev.ashlar.language;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.cluster.Sites;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.site.SiteReader;
import dev.ashlar.language.site.SiteReader.Reading;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.language.yaml.YamlFile;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Finds and reads the sites that a cluster is at: its own, and those that its groups name.
/// Confined to one thread.
final class SiteLoader implements Sites {
    private final Library library;
    private final Sources sources;
    private final Diagnostics diagnostics;
    private final Map<String, Reading> read = new HashMap<>();
    private Optional<Reading> own = Optional.empty();

    SiteLoader(Library library, Sources sources, Diagnostics diagnostics) {
        this.library = library;
        this.sources = sources;
        this.diagnostics = diagnostics;
    }

    /// Reads the cluster's own.
    ///
    /// @param given what takes the place of the one that the cluster names
    /// @param start of the cluster's file
    void begin(Optional<String> given, Section cluster, Span start) {
        Optional<String> name = given.or(() -> cluster.text("site"));
        Span at =
                given.isPresent()
                        ? Span.wholeFile("--site")
                        : cluster.scalar("site").map(YamlNode.Scalar::span).orElse(start);
        own = name.flatMap(written -> named(written, at));
        if (name.isEmpty() && !cluster.has("site")) {
            diagnostics.add(
                    Diagnostic.of(Code.ASH0102, at, "cluster has no \"site\"")
                            .withHelp("add site: NAME, or give --site NAME"));
        }
    }

    @Override
    public Optional<Reading> own() {
        return own;
    }

    @Override
    public Optional<Reading> named(String name, Span at) {
        Optional<Path> path = library.site(name);
        if (path.isEmpty()) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(Code.ASH0502, at, "unknown site \"" + name + "\""),
                            name,
                            library.sites()));
        }
        return path.map(found -> read.computeIfAbsent(name, _ -> read(name, found)));
    }

    private Reading read(String name, Path path) {
        Diagnostics inIt = new Diagnostics();
        String shown = "sites/" + name + ".yaml";
        YamlFile file = sources.yaml(path, shown, inIt);
        Reading reading =
                new SiteReader(inIt)
                        .read(name, file, Loader.folder(path.toAbsolutePath().normalize()));
        inIt.sorted().forEach(diagnostics::add);
        return reading;
    }
}
