package dev.ashlar.app.trial;

import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.language.revision.Revision;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.SiteSpec;
import dev.ashlar.model.value.Value;
import dev.ashlar.store.folder.BoundedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A cluster that a pack is tried on: an ordinary cluster file, below `test/` of the pack.
///
/// @param file where it lies
/// @param composition what it says
public record TestCluster(Path file, Composition composition) {
    /// The folder of a pack in which its test clusters lie.
    public static final String FOLDER = "test";

    private static final int MOST_OF_NAME = 30;

    /// The cluster files of a pack, sorted by name.
    ///
    /// @param pack its folder
    public static List<Path> files(Path pack) {
        Path folder = pack.resolve(FOLDER);
        return new Sources()
                .names(folder).stream()
                        .filter(name -> name.endsWith(".yaml"))
                        .map(folder::resolve)
                        .toList();
    }

    /// What people call it.
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /// The first of its sites where not every machine would be made for it alone, and could be
    /// given back.
    public Optional<String> siteOfOthers() {
        return composition.sites().stream()
                .filter(site ->
                        site.providers().values().stream()
                                .anyMatch(provider -> !provider.kind().equals("lab")))
                .map(SiteSpec::name)
                .findFirst();
    }

    /// Lays it out in a folder of its own under a name of its own, so that neither its state nor
    /// its machines are those of the cluster that the file speaks of. Every verb works there.
    ///
    /// @param mark what its name ends with
    /// @param home where the packs and sites that come with Ashlar are
    /// @return the cluster of that folder, which has the name that it was given
    Composition copyTo(Path folder, String mark, Path home) throws IOException {
        Path from = file.toAbsolutePath().normalize();
        Library library =
                new Library(
                        Optional.ofNullable(from.getParent()).orElseThrow(), home, new Sources());
        for (String pack : library.packs()) {
            for (Path version : library.pack(pack)) {
                link(folder.resolve("packs").resolve(version.getFileName()), version);
            }
        }
        for (String site : library.sites()) {
            link(folder.resolve("sites").resolve(site + ".yaml"), library.site(site).orElseThrow());
        }
        String name = composition.name();
        String given = name.substring(0, Math.min(MOST_OF_NAME, name.length())) + "-" + mark;
        Path copy = folder.resolve("cluster.yaml");
        if (!(renamed(given) instanceof Revision.Done(String text))) {
            throw new IllegalStateException(file + " keeps its name");
        }
        Files.writeString(copy, text);
        return Loader.load(new LoadRequest(copy, Optional.empty(), new LinkedHashMap<>(), home))
                .composition()
                .filter(loaded -> loaded.name().equals(given))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "the copy of "
                                        + file
                                        + " is not as its original but for its name"));
    }

    private static void link(Path link, Path target) throws IOException {
        Files.createDirectories(Optional.ofNullable(link.getParent()).orElseThrow());
        Files.createSymbolicLink(link, target.toAbsolutePath());
    }

    /// True where another name can be written over its own without touching anything else.
    public boolean canBeRenamed() throws IOException {
        return renamed("another") instanceof Revision.Done;
    }

    /// The file's text with another name for the cluster, at the one place that names it.
    private Revision renamed(String name) throws IOException {
        SequencedMap<String, Value> named = new LinkedHashMap<>();
        named.put("cluster", Value.text(name));
        return Revision.of(BoundedFile.text(file, BoundedFile.TEXT_MAX_BYTES), named);
    }
}
