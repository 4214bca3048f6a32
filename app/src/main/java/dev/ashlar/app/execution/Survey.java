package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.node.Claim;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.execute.Carried;
import dev.ashlar.nodes.execute.Mandate;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.transport.Transport;
import dev.ashlar.store.copy.CarriedCopy;
import dev.ashlar.store.sqlite.SqliteJournal.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A look at what a cluster's nodes carry, by one who has no state of it, or an old one. Changes
/// nothing.
public final class Survey implements AutoCloseable {
    private final Machines machines;
    private final NodeExecutor nodes;

    private Survey(Machines machines, NodeExecutor nodes) {
        this.machines = machines;
        this.nodes = nodes;
    }

    /// @param wanted the provider of each node of the cluster, on record or not
    public static Survey of(Transport transport, Cluster cluster, Map<String, String> wanted) {
        Composition composition = cluster.composition();
        Collection<ProviderConfig> providers = composition.providers().values();
        Machines machines = Machines.of(cluster.past(), providers);
        Workshop.find(Workshop.sources(providers, composition.name()), machines, wanted);
        Mandate mandate = Mandate.looking(composition.name(), "none");
        return new Survey(
                machines, Workshop.nodes(transport, machines, mandate, () -> Redaction.NONE));
    }

    /// What was seen.
    ///
    /// @param claims by node, the answers of those that carry one
    /// @param bare nodes that answer and carry none
    /// @param unread what nodes carry that is no claim as this version knows them
    /// @param away why other nodes do not answer
    public record Seen(
            SequencedMap<String, Claim> claims,
            List<String> bare,
            SequencedMap<String, String> unread,
            SequencedMap<String, Failure> away) {
        public Seen {
            claims = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(claims));
            bare = List.copyOf(bare);
            unread = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(unread));
            away = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(away));
        }

        /// The states that they answer to.
        public List<String> lineages() {
            return claims.values().stream().map(Claim::lineage).distinct().toList();
        }

        /// The claim of the last run that any of them has seen of a state.
        public Optional<Claim> latest(String lineage) {
            return claims.values().stream()
                    .filter(claim -> claim.lineage().equals(lineage))
                    .max(Comparator.comparingLong(Claim::number));
        }

        /// Nodes whose claim a later version has left.
        public List<String> later() {
            return unread.keySet().stream()
                    .filter(node -> Claim.isLater(unread.getOrDefault(node, "")))
                    .toList();
        }

        /// All that they carry, as it is written there.
        List<String> texts() {
            return Stream.concat(
                            claims.values().stream().map(Claim::text), unread.values().stream())
                    .toList();
        }
    }

    public Seen look() throws InterruptedException {
        Map<String, Carried> answers = new ConcurrentHashMap<>();
        TreeSet<String> names = new TreeSet<>(machines.names());
        Together.each(names, node -> answers.put(node, nodes.carried(node)));
        SequencedMap<String, Claim> claims = new LinkedHashMap<>();
        List<String> bare = new ArrayList<>();
        SequencedMap<String, String> unread = new LinkedHashMap<>();
        SequencedMap<String, Failure> away = new LinkedHashMap<>();
        for (String node : names) {
            Carried carried =
                    answers.getOrDefault(
                            node,
                            new Carried.Unseen(
                                    Failure.passing(
                                            "unreachable",
                                            Failure.Fault.NODE,
                                            node + " does not answer")));
            switch (carried) {
                case Carried.Unseen(Failure failure) -> away.put(node, failure);
                case Carried.Seen(String text) when text.isEmpty() -> bare.add(node);
                case Carried.Seen(String text) ->
                        Claim.parse(text)
                                .ifPresentOrElse(
                                        claim -> claims.put(node, claim),
                                        () -> unread.put(node, text));
            }
        }
        return new Seen(claims, bare, unread, away);
    }

    /// Those that are there, the furthest first.
    public List<Offer> copies(Seen seen, String lineage) throws InterruptedException {
        StateCopies copies = new StateCopies(nodes);
        Map<String, CarriedCopy> found = new ConcurrentHashMap<>();
        Together.each(
                Stream.concat(seen.claims().keySet().stream(), seen.unread().keySet().stream())
                        .toList(),
                node -> found.put(node, copies.of(node)));
        return found.entrySet().stream()
                .map(entry ->
                        new Offer(
                                entry.getKey(),
                                entry.getValue().end(lineage),
                                entry.getValue().wanted(lineage)))
                .filter(offer -> offer.end().number() > 0)
                .sorted(
                        Comparator.comparingLong((Offer offer) -> -offer.end().number())
                                .thenComparing(Offer::node))
                .toList();
    }

    /// A copy that a node carries.
    ///
    /// @param end how far it goes
    /// @param pieces their names
    public record Offer(String node, Mark end, List<String> pieces) {
        public Offer {
            pieces = List.copyOf(pieces);
        }
    }

    /// Fetches the pieces of a copy, by name; empty when its node fails.
    public Optional<SequencedMap<String, byte[]>> fetch(Offer offer) {
        return new StateCopies(nodes).fetch(offer.node(), offer.pieces());
    }

    @Override
    public void close() {
        nodes.close();
    }
}
