package dev.ashlar.app.cluster;

import dev.ashlar.engine.plan.Lent;
import dev.ashlar.engine.plan.Lent.Withheld;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Value;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What clusters give out to each other. Nothing is given out at first; a cluster that waits for a
/// value of another is asked again when that is given out, which never changes any more. So it does
/// not matter who is asked first, and only what waits for itself stays withheld for that. Each
/// cluster is looked at once. Confined to one thread.
final class Loans {
    private final Path reader;
    private final long atMs;
    private final Map<Path, OtherCluster> clusters = new HashMap<>();
    private final Map<Asked, Withheld> withheld = new HashMap<>();
    private final Map<Asked, Value> given = new HashMap<>();
    private final Map<Asked, Set<Asked>> waiting = new HashMap<>();

    /// @param reader the folder of the cluster that asks, by which others are called
    /// @param atMs the time, in milliseconds since 1970 UTC
    Loans(Path reader, long atMs) {
        this.reader = reader;
        this.atMs = atMs;
    }

    OtherCluster at(Path file) {
        return clusters.computeIfAbsent(file, one -> OtherCluster.at(one, atMs));
    }

    /// Empty where it is withheld.
    Optional<Value> given(Asked asked) {
        if (!given.containsKey(asked) && !withheld.containsKey(asked)) {
            settle(asked);
        }
        return Optional.ofNullable(given.get(asked));
    }

    private void settle(Asked first) {
        Deque<Asked> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            Asked one = open.pop();
            if (given.containsKey(one)) {
                continue;
            }
            switch (ask(one)) {
                case Lent.Given(Value value) -> {
                    withheld.remove(one);
                    given.put(one, value);
                    open.addAll(waiting.getOrDefault(one, Set.of()));
                }
                case Withheld why -> {
                    withheld.put(one, why);
                    for (Asked other : behind(one)) {
                        waiting.computeIfAbsent(other, _ -> new LinkedHashSet<>()).add(one);
                        if (!withheld.containsKey(other)) {
                            open.push(other);
                        }
                    }
                }
            }
        }
    }

    /// What a cluster asks for that is not there as it says is a mistake in its own files.
    private Lent ask(Asked one) {
        return switch (at(one.file())) {
            case OtherCluster.Closed(Withheld why) -> why;
            case OtherCluster.Open cluster -> {
                Lent lent = cluster.lent(one, given);
                boolean misreads =
                        lent instanceof Withheld why
                                && why.behind().stream().map(cluster::asked).anyMatch(this::isNot);
                yield misreads ? OtherCluster.WRONG : lent;
            }
        };
    }

    private boolean isNot(Asked asked) {
        return at(asked.file()) instanceof OtherCluster.Open cluster && !cluster.has(asked);
    }

    /// What is waited for by what is withheld.
    private List<Asked> behind(Asked asked) {
        return at(asked.file()) instanceof OtherCluster.Open cluster
                ? Objects.requireNonNull(withheld.get(asked)).behind().stream()
                        .map(cluster::asked)
                        .toList()
                : List.of();
    }

    /// Why it is withheld, and by whom in the end.
    ///
    /// @param seenAs how its cluster is called
    Await.Elsewhere why(Asked asked, String seenAs) {
        List<Asked> way = new ArrayList<>();
        Asked one = asked;
        while (!way.contains(one)) {
            way.add(one);
            Optional<Asked> next = behind(one).stream().findFirst();
            if (next.isEmpty()) {
                Withheld why = Objects.requireNonNull(withheld.get(one));
                return one.equals(asked)
                        ? new Await.Elsewhere(seenAs, why.reason(), why.remedy())
                        : new Await.Elsewhere(
                                called(one.file()),
                                why.reason() + "; " + called(asked) + " waits for it",
                                why.remedy());
            }
            one = next.get();
        }
        way.add(one);
        String circle =
                way.stream()
                        .skip(1)
                        .map(this::called)
                        .collect(Collectors.joining(", which waits for "));
        return new Await.Elsewhere(
                seenAs, called(asked) + " waits for " + circle, Await.Remedy.NONE);
    }

    private String called(Asked asked) {
        return at(asked.file()) instanceof OtherCluster.Open cluster
                ? asked.use() + " of cluster " + cluster.composition().name()
                : asked.use();
    }

    private String called(Path file) {
        boolean plain = file.endsWith(ClusterRequest.FILE);
        return reader.relativize(plain ? file.resolveSibling("") : file).toString();
    }
}
