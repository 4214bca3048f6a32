package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.AccessCodec;
import dev.ashlar.app.cluster.RecordedSite;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Owned;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How each node is reached: what its provider said in this run, or what is on record. Safe for use
/// by several threads.
public final class Machines {
    private static final String ACCESS = "access";

    private final Map<String, NodeAccess> known = new ConcurrentHashMap<>();

    /// Starts with what the record says.
    public static Machines of(Past past) {
        Machines machines = new Machines();
        for (Success success : past.standing().values()) {
            if (success.key().use().equals(InstanceKey.NODE_USE)) {
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

    /// Takes in what a provider said; the answer is what the record keeps of it.
    ///
    /// @param provider the provider's name at the site
    /// @param kind the provider's kind, so that the machine can be given back when the site's file
    ///   has gone
    Owned learned(NodeAccess access, String provider, String kind) {
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
