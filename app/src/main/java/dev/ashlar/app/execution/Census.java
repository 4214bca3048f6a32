package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.NodeRow;
import dev.ashlar.app.cluster.RecordedSite;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.Verdicts;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.node.Trust;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.nodes.transport.HostKeyScan;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The nodes of a cluster and how far the machine of each is trusted, as the files and the record
/// have it. None is spoken to but by [#shown].
public final class Census {
    private final Machines machines;
    private final Map<String, NodeRow> nodes;

    private Census(Machines machines, Map<String, NodeRow> nodes) {
        this.machines = machines;
        this.nodes = Collections.unmodifiableMap(nodes);
    }

    /// @param wanted the provider of each node, on record or only in the files
    public static Census of(Cluster cluster, Map<String, String> wanted) {
        Collection<ProviderConfig> providers = cluster.composition().providers().values();
        Map<String, Workshop.Source> sources =
                Workshop.sources(providers, cluster.composition().name());
        Machines machines = Machines.of(cluster.past(), providers);
        Workshop.find(sources, machines, wanted);
        Map<String, NodeRow> nodes = new TreeMap<>();
        Reader reader =
                new Reader(cluster.past(), machines, sources, wanted, Reader.gates(machines));
        names(machines, wanted.keySet()).forEach(node -> nodes.put(node, reader.entry(node)));
        return new Census(machines, nodes);
    }

    /// By name.
    public Map<String, NodeRow> nodes() {
        return nodes;
    }

    /// Asks a machine that is there which keys it shows. A host on the way that must not be spoken
    /// to is not.
    public HostKeyScan.Outcome shown(NodeRow node) {
        NodeAccess access = node.access().orElseThrow();
        return access.jump()
                .flatMap(machines::objection)
                .<HostKeyScan.Outcome>map(HostKeyScan.Outcome.Unseen::new)
                .orElseGet(() -> HostKeyScan.of(access));
    }

    /// The word by which a key was revoked, for whatever node.
    public Optional<Judged> revocation(HostKey key) {
        return machines.revocation(key);
    }

    /// Those of a cluster's nodes to which nothing is sent, and why; costs nothing where no person
    /// has ever judged a machine and every one that is listed has its keys beside it.
    public static SequencedMap<String, Failure> shunned(Cluster cluster) {
        SequencedMap<String, Failure> shunned = new LinkedHashMap<>();
        Collection<ProviderConfig> providers = cluster.composition().providers().values();
        List<NodeAccess> listed =
                providers.stream()
                        .flatMap(provider -> provider.machines().stream())
                        .map(ProviderConfig.Machine::access)
                        .filter(access -> cluster.graph().hasNode(access.node()))
                        .toList();
        if (cluster.past().verdicts().all().isEmpty()
                && listed.stream().allMatch(NodeAccess::isVouchedFor)) {
            return shunned;
        }
        Machines machines = Machines.of(cluster.past(), providers);
        listed.forEach(machines::found);
        for (String node : new TreeSet<>(machines.names())) {
            if (cluster.graph().hasNode(node)) {
                machines.access(node)
                        .flatMap(machines::objection)
                        .ifPresent(why -> shunned.put(node, why));
            }
        }
        return shunned;
    }

    private static Collection<String> names(Machines machines, Collection<String> wanted) {
        var all = new TreeSet<>(wanted);
        all.addAll(machines.names());
        return all;
    }

    private record Reader(
            Past past,
            Machines machines,
            Map<String, Workshop.Source> sources,
            Map<String, String> wanted,
            Map<String, Set<HostKey>> gates) {

        /// The keys by which others pass through a machine, by where that is.
        static Map<String, Set<HostKey>> gates(Machines machines) {
            Map<String, Set<HostKey>> gates = new HashMap<>();
            machines.names().stream()
                    .flatMap(node -> machines.access(node).stream())
                    .flatMap(access -> access.jump().stream())
                    .forEach(gate ->
                            gates.computeIfAbsent(place(gate), _ -> new LinkedHashSet<>())
                                    .addAll(gate.hostKeys()));
            return gates;
        }

        private static String place(NodeAccess access) {
            return access.address() + ":" + access.port();
        }

        NodeRow entry(String node) {
            Optional<NodeAccess> access = machines.access(node);
            if (access.isEmpty()) {
                return entry(node, access, Optional.empty(), "", Optional.empty());
            }
            Optional<Judged> revoked = machines.revocation(access.get());
            if (revoked.isPresent()) {
                return entry(
                        node,
                        access,
                        Optional.of(Trust.REVOKED),
                        revoked.get().title(),
                        Optional.of(revoked.get().atMs()));
            }
            if (!access.get().isVouchedFor()) {
                return entry(node, access, Optional.of(Trust.DISCOVERED), "", Optional.empty());
            }
            Optional<Success> proof =
                    past.success(InstanceKey.acquire(node)).filter(success -> !success.tainted());
            Optional<Judged> approved = approval(node, access.get());
            return entry(
                    node,
                    access,
                    Optional.of(proof.isPresent() ? Trust.TRUSTED : Trust.VERIFIED),
                    approved.map(Judged::title).orElseGet(() -> voucher(access.get())),
                    proof.map(Success::atMs).or(() -> approved.map(Judged::atMs)));
        }

        private NodeRow entry(
                String node,
                Optional<NodeAccess> access,
                Optional<Trust> trust,
                String by,
                Optional<Long> sinceMs) {
            Set<HostKey> keys = new LinkedHashSet<>();
            access.ifPresent(way -> keys.addAll(way.hostKeys()));
            List<HostKey> said = said(node);
            keys.addAll(said);
            keys.addAll(past.verdicts().approved(node));
            past.verdicts()
                    .on(node)
                    .filter(_ -> trust.equals(Optional.of(Trust.REVOKED)))
                    .map(Judged::keys)
                    .ifPresent(keys::addAll);
            access.map(Reader::place).map(gates::get).ifPresent(keys::addAll);
            boolean isCertified = access.filter(way -> !way.authorities().isEmpty()).isPresent();
            return new NodeRow(
                    node,
                    access,
                    trust,
                    by,
                    isCertified || !said.isEmpty(),
                    List.copyOf(keys),
                    sinceMs,
                    past.verdicts().invitation(node));
        }

        private Optional<Judged> approval(String node, NodeAccess access) {
            Verdicts verdicts = past.verdicts();
            return verdicts.on(node).filter(_ -> verdicts.approved(node).equals(access.hostKeys()));
        }

        private String voucher(NodeAccess access) {
            String provider = provider(access.node());
            if (isMade(access.node())) {
                return "made by provider " + provider;
            }
            return access.hostKeys().isEmpty()
                    ? "certified by an authority of provider " + provider
                    : "listed at provider " + provider;
        }

        private String provider(String node) {
            return Optional.ofNullable(wanted.get(node)).or(() -> recorded(node)).orElse("");
        }

        private boolean isMade(String node) {
            return source(node)
                    .filter(one -> one.abilities().contains(Provider.Ability.VOUCH))
                    .isPresent();
        }

        /// The keys that its site says it has.
        private List<HostKey> said(String node) {
            return source(node)
                    .flatMap(one -> one.find(node))
                    .map(NodeAccess::hostKeys)
                    .orElse(List.of());
        }

        private Optional<Provider> source(String node) {
            return Optional.ofNullable(sources.get(provider(node))).map(Workshop.Source::provider);
        }

        private Optional<String> recorded(String node) {
            return past.owned(InstanceKey.acquire(node)).stream()
                    .map(Owned::details)
                    .map(details -> details.getOrDefault(RecordedSite.PROVIDER, "default"))
                    .findFirst();
        }
    }
}
