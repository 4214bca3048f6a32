package dev.ashlar.language;

import dev.ashlar.language.cluster.ClusterReader;
import dev.ashlar.language.cluster.Outside;
import dev.ashlar.language.cluster.Overrides;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.Packs;
import dev.ashlar.language.revision.FlowText;
import dev.ashlar.language.script.ShellCheck;
import dev.ashlar.language.source.Find;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.language.wiring.Wiring;
import dev.ashlar.language.yaml.YamlFile;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Loads a cluster: its file, site and packs. Confined to one thread.
public final class Loader {
    private final LoadRequest request;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Sources sources = new Sources();
    private final Path folder;
    private final Library library;
    private final Overrides overrides;
    private final WatchedNeighbours neighbours;
    private Packs packs = Packs.NONE;

    private Loader(LoadRequest request) {
        this.request = request;
        this.folder = folder(request.clusterFile().toAbsolutePath().normalize());
        this.library = new Library(folder, request.home(), sources);
        this.overrides = new Overrides(request.sets(), request.recorded(), diagnostics);
        this.neighbours = new WatchedNeighbours(request.neighbours());
    }

    static Path folder(Path file) {
        Path folder = file.getParent();
        return folder == null ? Path.of("/") : folder;
    }

    /// Reads and checks everything that takes no other process. Never throws for anything that is
    /// in a file.
    public static Loaded load(LoadRequest request) {
        return new Loader(request).load();
    }

    /// Also checks the shell syntax of all scripts, and once the rest is right what others find in
    /// the composition.
    ///
    /// @param isKnown true of a composition that all this has found right before
    public static Loaded loadThoroughly(
            LoadRequest request,
            Predicate<Composition> isKnown,
            Function<Composition, List<Diagnostic>> others)
            throws InterruptedException {
        Loader loader = new Loader(request);
        Loaded loaded = loader.load();
        if (loaded.composition().filter(isKnown).isPresent()) {
            return loaded;
        }
        loaded.composition().map(others).ifPresent(all -> all.forEach(loader.diagnostics::add));
        return loader.withScripts(loaded);
    }

    private Loaded withScripts(Loaded loaded) throws InterruptedException {
        ShellCheck shell = new ShellCheck(diagnostics);
        for (Pack pack : packs.all()) {
            for (Pack.Component component : pack.components().values()) {
                shell.check(component.spec());
            }
        }
        return new Loaded(
                diagnostics.hasErrors() ? Optional.empty() : loaded.composition(),
                problems(),
                loaded.sources(),
                loaded.overridden(),
                finds());
    }

    private Loaded load() {
        Path path = request.clusterFile();
        Path fileName = path.getFileName();
        String shown = fileName == null ? path.toString() : fileName.toString();
        request.text().ifPresent(text -> sources.take(shown, text));
        YamlFile file = sources.yaml(path, shown, diagnostics);
        Optional<Composition> composition =
                file.root().orElse(null) instanceof YamlNode.Mapping root
                        ? compose(file, root)
                        : notMapping(file);
        List<Diagnostic> found = problems();
        Map<String, String> texts = new LinkedHashMap<>(sources.texts());
        texts.put(Overrides.FILE, text(request.sets()));
        texts.put(Overrides.RECORD, text(request.recorded()));
        return new Loaded(
                diagnostics.hasErrors() ? Optional.empty() : composition,
                found,
                texts,
                overrides.found(),
                finds());
    }

    private Optional<List<Find>> finds() {
        return neighbours.areSeen() || request.text().isPresent()
                ? Optional.empty()
                : Optional.of(sources.finds());
    }

    private List<Diagnostic> problems() {
        return diagnostics.sorted().stream().map(overrides::hinted).toList();
    }

    /// One a line, for excerpts.
    private static String text(Map<String, String> sets) {
        return sets.entrySet().stream()
                .map(set -> set.getKey() + "=" + set.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private Optional<Composition> notMapping(YamlFile file) {
        file.root()
                .ifPresent(root ->
                        diagnostics.add(
                                Diagnostic.of(
                                        Code.ASH0103,
                                        root.span(),
                                        "file must be a mapping, not " + root.described())));
        return Optional.empty();
    }

    private Optional<Composition> compose(YamlFile file, YamlNode.Mapping root) {
        Section cluster = Section.read(Forms.CLUSTER, root, file.start(), diagnostics);
        packs = new PackLoader(library, sources, diagnostics).load(cluster);
        SiteLoader sites = new SiteLoader(library, sources, diagnostics);
        sites.begin(request.site(), cluster, file.start());
        ClusterReader.Bound bound =
                new ClusterReader(
                                packs,
                                new Outside(sites, folder, neighbours),
                                overrides,
                                diagnostics)
                        .read(cluster, file.text());
        overrides.reportUnknown();
        Optional<Composition> composition =
                sites.own()
                        .map(own ->
                                new Composition(
                                        cluster.text("cluster", ""),
                                        bound.groups(),
                                        bound.uses(),
                                        bound.parameters(),
                                        bound.secrets(),
                                        Optional.empty(),
                                        own.spec(),
                                        bound.beside(),
                                        sources.digest(given(bound)),
                                        cluster.at("cluster")));
        if (!diagnostics.hasErrors()) {
            composition.ifPresent(c -> Wiring.check(c, diagnostics));
        }
        return composition;
    }

    /// What takes part beside the files: what is set, and what other clusters have.
    private SequencedMap<String, String> given(ClusterReader.Bound bound) {
        SequencedMap<String, String> given = new LinkedHashMap<>(overrides.effective());
        for (UseSpec use : bound.uses().values()) {
            use.requires()
                    .forEach((requirement, supply) -> {
                        if (supply instanceof Supply.OfCluster(_, var lent)) {
                            String path = "external." + use.name() + "." + requirement + ".";
                            lent.forEach((value, is) -> given.put(path + value, FlowText.of(is)));
                        }
                    });
        }
        return given;
    }
}
