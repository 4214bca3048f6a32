package dev.ashlar.language.pack;

import dev.ashlar.language.pack.PackReader.Opened;
import dev.ashlar.language.source.Library;
import java.util.List;
import java.util.function.Predicate;

/// A pack in all versions that lie beside each other.
///
/// @param all in the order of their folders' names
public record PackVersions(String name, List<Opened> all) {
    public PackVersions {
        all = List.copyOf(all);
    }

    /// Reads `pack.yaml` of each version that is found; there is none of an unknown pack.
    public static PackVersions find(String name, Library library, PackReader reader) {
        return new PackVersions(
                name,
                library.pack(name).stream().map(folder -> reader.open(name, folder)).toList());
    }

    /// The newest of those that will do; several where they are equally new.
    public List<Opened> newest(Predicate<Version> admitted) {
        List<Opened> fitting = all.stream().filter(one -> admitted.test(version(one))).toList();
        return fitting.stream()
                .filter(one ->
                        fitting.stream()
                                .noneMatch(other -> version(other).compareTo(version(one)) > 0))
                .toList();
    }

    private static Version version(Opened one) {
        return new Version(one.version());
    }
}
