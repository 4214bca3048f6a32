package dev.ashlar.app.trial;

import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.language.source.Library;
import dev.ashlar.model.composition.Composition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        return Library.children(folder).stream()
                .filter(name -> name.endsWith(".yaml"))
                .map(folder::resolve)
                .toList();
    }

    /// What people call it.
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /// True where every machine is made for it alone and can be given back.
    public boolean isOfLabs() {
        return composition.site().providers().values().stream()
                .allMatch(provider -> provider.kind().equals("lab"));
    }

    /// Lays it out in a folder of its own under a name of its own, so that neither its state nor
    /// its machines are those of the cluster that the file speaks of. Every verb works there.
    ///
    /// @param mark what its name ends with
    /// @param home where the packs and sites that come with Ashlar are
    /// @return the cluster of that folder
    Composition copyTo(Path folder, String mark, Path home) throws IOException {
        Path from = file.toAbsolutePath().normalize();
        Library library = new Library(Optional.ofNullable(from.getParent()).orElseThrow(), home);
        for (String pack : library.packs()) {
            link(folder.resolve("packs").resolve(pack), library.pack(pack));
        }
        for (String site : library.sites()) {
            link(folder.resolve("sites").resolve(site + ".yaml"), library.site(site));
        }
        String name = composition.name();
        String given = name.substring(0, Math.min(MOST_OF_NAME, name.length())) + "-" + mark;
        Path copy = folder.resolve("cluster.yaml");
        Files.writeString(copy, renamed(Files.readString(file), given).orElseThrow());
        return Loader.load(new LoadRequest(copy, Optional.empty(), new LinkedHashMap<>(), home))
                .composition()
                .orElseThrow(() -> new IllegalStateException("a copy is as right as its original"));
    }

    private static void link(Path link, Optional<Path> target) throws IOException {
        Files.createDirectories(Optional.ofNullable(link.getParent()).orElseThrow());
        Files.createSymbolicLink(link, target.orElseThrow().toAbsolutePath());
    }

    /// True where its name stands beside its key, where it can be replaced by another.
    public boolean canBeRenamed() throws IOException {
        return renamed(Files.readString(file), "another").isPresent();
    }

    /// The text with another name for the cluster.
    private Optional<String> renamed(String text, String name) {
        Matcher written =
                Pattern.compile(
                                "(\\bcluster[\"']?\\s*:\\s*)([\"']?)"
                                        + Pattern.quote(composition.name())
                                        + "\\b(?![\\w-])\\2")
                        .matcher(text);
        boolean found = written.find();
        return found
                ? Optional.of(
                        text.substring(0, written.start(2)) + name + text.substring(written.end()))
                : Optional.empty();
    }
}
