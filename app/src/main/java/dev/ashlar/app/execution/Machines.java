package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.AccessCodec;
import dev.ashlar.app.cluster.RecordedSite;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.journal.Verdicts;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How each node is reached: what its provider said in this run, or what is on record; and whether
/// it may be. Safe for use by several threads.
public final class Machines {
    private static final String ACCESS = "access";

    private final Map<String, NodeAccess> known = new ConcurrentHashMap<>();
    private volatile Verdicts verdicts;

    private Machines(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    /// Starts with what the record says. Where the key to a machine lies is not the record's to
    /// say: that may come from another folder, or from another controller.
    ///
    /// @param providers as the files have them
    public static Machines of(Past past, Collection<ProviderConfig> providers) {
        Machines machines = recorded(past);
        for (ProviderConfig provider : providers) {
            for (ProviderConfig.Machine machine : provider.machines()) {
                machines.known.computeIfPresent(
                        machine.name(), (_, known) -> machines.now(machine.access(), known));
            }
        }
        return machines;
    }

    /// What the record keeps of a machine, where the files list it with another key to it.
    static Owned relisted(Owned recorded, Collection<ProviderConfig> providers) {
        Optional<NodeAccess> known =
                Optional.ofNullable(recorded.details().get(ACCESS)).map(AccessCodec::decode);
        return providers.stream()
                .flatMap(provider -> provider.machines().stream())
                .map(ProviderConfig.Machine::access)
                .map(listed ->
                        listed.hostKeys().isEmpty() && known.isPresent()
                                ? listed.withHostKeys(known.get().hostKeys())
                                : listed)
                .filter(listed -> known.filter(listed::leadsWhere).isPresent())
                .findFirst()
                .map(listed -> {
                    Map<String, String> details = new HashMap<>(recorded.details());
                    details.put(ACCESS, AccessCodec.encode(listed));
                    return Owned.of(recorded.kind(), recorded.identity(), recorded.data(), details);
                })
                .orElse(recorded);
    }

    /// These alone.
    static Machines of(Collection<NodeAccess> ways) {
        Machines machines = new Machines(Verdicts.NONE);
        ways.forEach(machines::found);
        return machines;
    }

    private static Machines recorded(Past past) {
        Machines machines = new Machines(past.verdicts());
        for (Success success : past.standing().values()) {
            if (success.key().isMachine()) {
                success.owned().stream()
                        .filter(owned -> owned.kind().equals(RecordedSite.MACHINE))
                        .flatMap(owned -> Optional.ofNullable(owned.details().get(ACCESS)).stream())
                        .map(AccessCodec::decode)
                        .forEach(access -> machines.known.put(access.node(), access));
            }
        }
        return machines;
    }

    public Optional<NodeAccess> access(String node) {
        return Optional.ofNullable(known.get(node));
    }

    /// Who vouches for a machine is for the files to say, also where the record has it otherwise.
    private NodeAccess now(NodeAccess listed, NodeAccess known) {
        return withoutVouchers(known).leadsWhere(withoutVouchers(listed))
                ? vouchedFor(listed)
                : known;
    }

    private static NodeAccess withoutVouchers(NodeAccess access) {
        return access.withoutAuthorities().withHostKeys(List.of());
    }

    /// Without those that are known by an authority: whether that still counts only the files say.
    Machines pinned() {
        known.values().removeIf(access -> !access.authorities().isEmpty());
        return this;
    }

    /// Where no host key is listed, those count that a person has approved, and no others.
    private NodeAccess vouchedFor(NodeAccess listed) {
        return listed.hostKeys().isEmpty()
                ? listed.withHostKeys(verdicts.approved(listed.node()))
                : listed;
    }

    /// Why a machine must not be spoken to, it or one on the way to it; empty where it may be.
    public Optional<Failure> objection(NodeAccess access) {
        Optional<Failure> revoked = revocation(access).map(why -> Distrust.revoked(access, why));
        if (revoked.isPresent()) {
            return revoked;
        }
        return access.isVouchedFor()
                ? access.jump().flatMap(this::objection)
                : Optional.of(Distrust.unapproved(access, verdicts.invitation(access.node())));
    }

    /// The token by which a machine has come, or which a person's word has ended.
    Optional<Invitation> spent(NodeAccess access) {
        return verdicts.invitation(access.node()).filter(one -> one.ended().isPresent());
    }

    /// The word by which a machine was revoked: on its keys, or on its node where it was known by
    /// none, can show another that is certified, or nobody vouches for another since, nor has given
    /// a token for one.
    Optional<Judged> revocation(NodeAccess access) {
        return verdicts.revocation(access.hostKeys())
                .or(() ->
                        verdicts.on(access.node())
                                .filter(last -> last.verdict() == Verdict.REVOKED)
                                .filter(last ->
                                        last.keys().isEmpty()
                                                || !access.authorities().isEmpty()
                                                || isForsaken(access)));
    }

    private boolean isForsaken(NodeAccess access) {
        return !access.isVouchedFor()
                && verdicts.invitation(access.node()).filter(Invitation::isPending).isEmpty();
    }

    /// The word by which a key was revoked.
    Optional<Judged> revocation(HostKey key) {
        return verdicts.revocation(List.of(key));
    }

    /// True of a node whose machine was revoked.
    boolean isRevoked(String node) {
        return access(node).flatMap(this::revocation).isPresent();
    }

    /// Whether a word counts where it comes now.
    boolean admits(Judged verdict) {
        return verdicts.admits(verdict);
    }

    /// Why a machine cannot come by a token, whatever key it shows ([Verdicts#bar]).
    Optional<Judged> bar(String node, HostKey key) {
        return verdicts.bar(node, List.of(key));
    }

    /// A person has judged one of them in the middle of a run.
    synchronized void judged(Judged verdict) {
        verdicts = verdicts.with(verdict);
    }

    /// All nodes of which it is known how they are reached.
    public Set<String> names() {
        return Set.copyOf(known.keySet());
    }

    /// Those of some nodes of which it is known how they are reached.
    List<String> known(Collection<String> nodes) {
        return nodes.stream().filter(known::containsKey).toList();
    }

    /// A machine that is given back is nobody's any more.
    void forget(String node) {
        known.remove(node);
    }

    /// Takes in where a machine is that has been started for somebody who only asks.
    void moved(NodeAccess access) {
        known.put(access.node(), vouchedFor(access));
    }

    /// Takes in where a machine may be that nothing is known of yet.
    void found(NodeAccess access) {
        known.putIfAbsent(access.node(), vouchedFor(access));
    }

    /// Takes in what a provider said; the answer is what the record keeps of it.
    ///
    /// @param provider the provider's name at the site
    /// @param kind the provider's kind, so that the machine can be given back when the site's file
    ///   has gone
    Owned learned(NodeAccess said, String provider, String kind) {
        NodeAccess access = vouchedFor(said);
        known.put(access.node(), access);
        return Owned.of(
                RecordedSite.MACHINE,
                access.node(),
                false,
                Map.of(
                        RecordedSite.PROVIDER,
                        provider,
                        RecordedSite.PROVIDER_KIND,
                        kind,
                        ACCESS,
                        AccessCodec.encode(access)));
    }
}
