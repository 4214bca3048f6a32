package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Lending;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.language.cluster.Neighbours;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The clusters that one reads from, as their files and their records tell; each is looked at once.
/// Takes no lock and changes nothing. Clusters may read from each other in a circle: what comes
/// round again is not known. Confined to one thread.
public final class Neighbourhood implements Neighbours {
    /// The files of the clusters that are being read, the one that asks last.
    private final List<Path> readers;

    private final Map<Path, Neighbour> known = new HashMap<>();

    /// @param file of the cluster that asks
    public Neighbourhood(Path file) {
        this(List.of(real(file)));
    }

    private Neighbourhood(List<Path> readers) {
        this.readers = readers;
    }

    @Override
    public Neighbour at(Path cluster) {
        Path file = Files.isDirectory(cluster) ? cluster.resolve(ClusterRequest.FILE) : cluster;
        return Files.isRegularFile(file)
                ? known.computeIfAbsent(real(file), this::look)
                : new Neighbour.Nobody();
    }

    private Neighbour look(Path file) {
        if (file.equals(readers.getLast())) {
            return new Neighbour.Itself();
        }
        if (readers.contains(file)) {
            return new Neighbour.Obscure("it reads from the one that reads from it");
        }
        try {
            return read(file, Recorded.read(file.resolveSibling("")));
        } catch (StoreException e) {
            return new Neighbour.Obscure("its record cannot be read: " + e.getMessage());
        }
    }

    private Neighbour read(Path file, Recorded recorded) {
        Past past = recorded.past();
        Optional<RunStarted> last =
                past.standing().isEmpty()
                        ? Optional.empty()
                        : Optional.of(past.runs().getLast().start());
        ClusterRequest request =
                new ClusterRequest(
                        Optional.of(file),
                        file.resolveSibling(""),
                        last.map(RunStarted::site),
                        new LinkedHashMap<>(),
                        Set.of());
        List<Path> deeper = new ArrayList<>(readers);
        deeper.add(file);
        Optional<Composition> composition =
                Loader.load(
                                new LoadRequest(
                                        file,
                                        request.site(),
                                        request.sets(),
                                        request.leaves(past),
                                        Optional.empty(),
                                        new Neighbourhood(deeper),
                                        Home.folder()))
                        .composition();
        if (composition.isEmpty()) {
            return new Neighbour.Obscure("its files are not right");
        }
        if (last.filter(run -> !run.cluster().equals(composition.get().name())).isPresent()) {
            return new Neighbour.Obscure("what stands there is cluster " + last.get().cluster());
        }
        Cluster cluster =
                Cluster.of(file.resolveSibling(""), composition.get(), List.of(), recorded);
        return new Neighbour.Known(
                composition.get(),
                (use, of, seenAs) ->
                        Lending.of(
                                cluster.graph(),
                                past,
                                use,
                                of,
                                seenAs,
                                Clock.systemUTC().millis()));
    }

    /// Links lead to the same cluster by many names.
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            return file.toAbsolutePath().normalize();
        }
    }
}
