package dev.ashlar.app.cluster;

import dev.ashlar.language.cluster.Neighbours;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// The clusters that one reads from, and those that these read from, as their files and their
/// records tell; each is looked at once. Takes no lock and changes nothing. Confined to one thread.
public final class Neighbourhood implements Neighbours {
    private final Path reader;
    private final Loans loans;

    /// @param file of the cluster that asks
    public Neighbourhood(Path file) {
        this.reader = real(file);
        this.loans =
                new Loans(
                        file.toAbsolutePath().normalize().resolveSibling(""),
                        Clock.systemUTC().millis());
    }

    @Override
    public boolean isItself(Path cluster) {
        return file(cluster).filter(reader::equals).isPresent();
    }

    @Override
    public Neighbour at(Path cluster) {
        Optional<Path> file = file(cluster);
        if (file.isEmpty()) {
            return new Neighbour.Nobody();
        }
        if (file.get().equals(reader)) {
            return new Neighbour.Itself();
        }
        return switch (loans.at(file.get())) {
            case OtherCluster.Closed(var why) -> new Neighbour.Obscure(why.reason(), why.remedy());
            case OtherCluster.Open other ->
                    new Neighbour.Known(
                            other.composition(),
                            (use, of, values, seenAs) -> lent(file.get(), use, of, values, seenAs));
        };
    }

    private SequencedMap<String, Value> lent(
            Path file, String use, String of, SequencedMap<String, Type> values, String seenAs) {
        SequencedMap<String, Value> lent = new LinkedHashMap<>();
        values.forEach((name, type) -> {
            Asked asked = new Asked(file, use, of, name, type);
            lent.put(
                    name,
                    loans.given(asked)
                            .orElseGet(() -> Value.unknown(type, loans.why(asked, seenAs))));
        });
        return lent;
    }

    /// The file of the cluster at a path, by the one name that it has whatever links lead to it.
    static Optional<Path> file(Path cluster) {
        Path file = Files.isDirectory(cluster) ? cluster.resolve(ClusterRequest.FILE) : cluster;
        return Files.isRegularFile(file) ? Optional.of(real(file)) : Optional.empty();
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            return file.toAbsolutePath().normalize();
        }
    }
}
