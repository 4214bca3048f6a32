package dev.ashlar.language.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where packs and sites are looked up: the cluster's folder, each folder above it, then the
/// installation's home. The nearest one wins.
public final class Library {
    private final List<Path> places;
    private final Sources sources;

    /// @param sources how it looks at the disk
    public Library(Path clusterFolder, Path home, Sources sources) {
        List<Path> all = new ArrayList<>();
        for (Path at = clusterFolder.toAbsolutePath().normalize();
                at != null;
                at = at.getParent()) {
            all.add(at);
        }
        all.add(home.toAbsolutePath().normalize());
        this.places = List.copyOf(all);
        this.sources = sources;
    }

    /// The folders of a pack, one for each version of it: `NAME` and `NAME@VERSION`, sorted. Of the
    /// places that have any the nearest alone counts; none when no place has.
    public List<Path> pack(String name) {
        return places.stream()
                .map(place -> versions(place.resolve("packs"), name))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Path> versions(Path packs, String name) {
        return sources.names(packs).stream()
                .filter(folder -> packOf(folder).equals(name))
                .map(packs::resolve)
                .filter(folder -> sources.isFile(folder.resolve("pack.yaml")))
                .toList();
    }

    /// The name of the pack that a folder called `NAME` or `NAME@VERSION` holds.
    public static String packOf(String folder) {
        int at = folder.indexOf('@');
        return at < 0 ? folder : folder.substring(0, at);
    }

    /// Of `NAME@VERSION` the version, or the beginning of one.
    public static Optional<String> versionOf(String folder) {
        int at = folder.indexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(folder.substring(at + 1));
    }

    /// The file of a site.
    public Optional<Path> site(String name) {
        return places.stream()
                .map(place -> place.resolve("sites").resolve(name + ".yaml"))
                .filter(sources::isFile)
                .findFirst();
    }

    /// The names of all packs that would be found, sorted: for hints.
    public List<String> packs() {
        return names("packs").stream()
                .map(Library::packOf)
                .distinct()
                .filter(name -> !pack(name).isEmpty())
                .toList();
    }

    /// The names of all sites that would be found, sorted: for hints.
    public List<String> sites() {
        return names("sites").stream()
                .filter(name -> name.endsWith(".yaml"))
                .map(name -> name.substring(0, name.length() - ".yaml".length()))
                .toList();
    }

    private Set<String> names(String kind) {
        TreeSet<String> names = new TreeSet<>();
        for (Path place : places) {
            names.addAll(sources.names(place.resolve(kind)));
        }
        return names;
    }
}
