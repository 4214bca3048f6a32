package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Owned;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// What the record says of where a cluster's machines came from, so that they can be given back
/// without its files.
///
/// @param providers as far as giving back needs them: name and kind
/// @param nodes each node's provider
public record RecordedSite(
        String cluster,
        String site,
        SequencedMap<String, ProviderConfig> providers,
        Map<String, String> nodes) {
    /// The kind of [Owned] that stands for a machine.
    public static final String MACHINE = "machine";

    /// In its details: the provider's name at the site.
    public static final String PROVIDER = "provider";

    /// In its details: the provider's kind.
    public static final String PROVIDER_KIND = "provider_kind";

    public RecordedSite {
        providers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(providers));
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    public static RecordedSite of(Past past) {
        SequencedMap<String, ProviderConfig> providers = new LinkedHashMap<>();
        Map<String, String> nodes = new LinkedHashMap<>();
        for (Success success : past.standing().values()) {
            if (!success.key().use().equals(InstanceKey.NODE_USE)) {
                continue;
            }
            for (Owned owned : success.owned()) {
                String name = owned.details().getOrDefault(PROVIDER, "default");
                String kind = owned.details().getOrDefault(PROVIDER_KIND, "lab");
                providers.put(name, recorded(name, kind));
                nodes.put(owned.identity(), name);
            }
        }
        RunStarted last = past.runs().getLast().start();
        return new RecordedSite(last.cluster(), last.site(), providers, nodes);
    }

    private static ProviderConfig recorded(String name, String kind) {
        return new ProviderConfig(
                name, kind, new LinkedHashMap<>(), List.of(), Span.wholeFile("the record"));
    }

    /// The nodes of some providers.
    public Set<String> nodesOf(Set<String> names) {
        Set<String> found = new LinkedHashSet<>();
        nodes.forEach((node, provider) -> {
            if (names.contains(provider)) {
                found.add(node);
            }
        });
        return found;
    }
}
