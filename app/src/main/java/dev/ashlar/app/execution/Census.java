package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.RecordedSite;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.past.Verdicts;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.node.Trust;
import dev.ashlar.model.work.Owned;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The nodes of a cluster and how far the machine of each is trusted, as the files and the record
/// have it. No machine is asked.
///
/// @param nodes by name
public record Census(Map<String, Entry> nodes) {

    /// One of them.
    ///
    /// @param access how it is reached; empty while its machine is not there
    /// @param trust empty while its machine is not there
    /// @param by who vouches for its keys, or took that back; empty where nobody does
    /// @param vouched true where its site says which keys it has, so that no person is asked
    /// @param sinceMs since when it has been what it is, where that is on record
    public record Entry(
            String node,
            Optional<NodeAccess> access,
            Optional<Trust> trust,
            String by,
            boolean vouched,
            Optional<Long> sinceMs) {

        public boolean isRevoked() {
            return trust.filter(one -> one == Trust.REVOKED).isPresent();
        }

        /// The keys that it must show.
        public List<HostKey> hostKeys() {
            return access.map(NodeAccess::hostKeys).orElse(List.of());
        }
    }

    /// @param wanted the provider of each node, on record or only in the files
    public static Census of(Cluster cluster, Map<String, String> wanted) {
        var providers = cluster.composition().providers().values();
        Map<String, Workshop.Source> sources =
                Workshop.sources(providers, cluster.composition().name());
        Machines machines = Machines.of(cluster.past(), providers);
        Workshop.find(sources, machines, wanted);
        Map<String, Entry> nodes = new TreeMap<>();
        Reader reader = new Reader(cluster.past(), machines, sources, wanted);
        names(machines, wanted.keySet()).forEach(node -> nodes.put(node, reader.entry(node)));
        return new Census(nodes);
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
            Map<String, String> wanted) {

        Entry entry(String node) {
            Optional<NodeAccess> access = machines.access(node);
            if (access.isEmpty()) {
                return new Entry(
                        node, access, Optional.empty(), "", isVouchedFor(node), Optional.empty());
            }
            Optional<Judged> revoked = machines.revocation(access.get());
            if (revoked.isPresent()) {
                return new Entry(
                        node,
                        access,
                        Optional.of(Trust.REVOKED),
                        revoked.get().title(),
                        isVouchedFor(node),
                        Optional.of(revoked.get().atMs()));
            }
            if (access.get().hostKeys().isEmpty()) {
                return new Entry(
                        node, access, Optional.of(Trust.DISCOVERED), "", false, Optional.empty());
            }
            Optional<Success> proof =
                    past.success(InstanceKey.acquire(node)).filter(success -> !success.tainted());
            Optional<Judged> approved = approval(node, access.get());
            return new Entry(
                    node,
                    access,
                    Optional.of(proof.isPresent() ? Trust.TRUSTED : Trust.VERIFIED),
                    approved.map(Judged::title).orElseGet(() -> voucher(node)),
                    isVouchedFor(node),
                    proof.map(Success::atMs).or(() -> approved.map(Judged::atMs)));
        }

        private Optional<Judged> approval(String node, NodeAccess access) {
            Verdicts verdicts = past.verdicts();
            return verdicts.on(node).filter(_ -> verdicts.approved(node).equals(access.hostKeys()));
        }

        private String voucher(String node) {
            return (isMade(node) ? "made by provider " : "listed at provider ") + provider(node);
        }

        private String provider(String node) {
            return Optional.ofNullable(wanted.get(node)).or(() -> recorded(node)).orElse("");
        }

        private boolean isMade(String node) {
            return source(node)
                    .filter(one -> one.abilities().contains(Provider.Ability.VOUCH))
                    .isPresent();
        }

        private boolean isVouchedFor(String node) {
            return isMade(node)
                    || source(node)
                            .flatMap(one -> one.find(node))
                            .filter(listed -> !listed.hostKeys().isEmpty())
                            .isPresent();
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
