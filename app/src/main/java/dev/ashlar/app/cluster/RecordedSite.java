package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.GroupSpec;
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
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// What the record says of where a cluster's machines came from, so that they can be given back
/// without its files.
///
/// @param providers as far as giving back needs them: name and kind
/// @param nodes each node's provider, also one of which no more than its name is known
public record RecordedSite(
        String cluster,
        String site,
        SequencedMap<String, ProviderConfig> providers,
        Map<String, String> nodes) {
    /// The kind of [Owned] that stands for a machine.
    public static final String MACHINE = "machine";

    /// In its details: what the composition calls the provider.
    public static final String PROVIDER = "provider";

    /// In its details: the provider's kind.
    public static final String PROVIDER_KIND = "provider_kind";

    public RecordedSite {
        providers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(providers));
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    /// @param files what the files say of the same site, if they can still be read: a machine whose
    ///   making was cut short left no record of its provider
    public static RecordedSite of(Past past, Optional<Composition> files) {
        SequencedMap<String, ProviderConfig> providers = new LinkedHashMap<>();
        Map<String, String> nodes = new LinkedHashMap<>();
        for (Success success : past.standing().values()) {
            if (!success.key().isMachine()) {
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
        addUnfinished(
                past,
                files.filter(now -> now.name().equals(last.cluster()))
                        .filter(now -> now.site().name().equals(last.site())),
                providers,
                nodes);
        return new RecordedSite(last.cluster(), last.site(), providers, nodes);
    }

    /// The nodes on record that one of these providers made.
    public static Set<String> givenBack(Past past, Set<String> makers) {
        return past.runs().isEmpty() ? Set.of() : of(past, Optional.empty()).nodesOf(makers);
    }

    private static void addUnfinished(
            Past past,
            Optional<Composition> files,
            SequencedMap<String, ProviderConfig> providers,
            Map<String, String> nodes) {
        for (InstanceKey key : past.everything().keySet()) {
            boolean isMachine = key.isMachine();
            String node = key.node().orElse("");
            if (!isMachine || !isUnfinished(past, node) || nodes.containsKey(node)) {
                continue;
            }
            past.maker(key)
                    .or(() -> files.flatMap(now -> providerInFiles(now, node)))
                    .ifPresent(name -> {
                        nodes.put(node, name);
                        files.map(now -> now.providers().get(name))
                                .ifPresent(config -> providers.putIfAbsent(name, config));
                    });
        }
    }

    /// Records of earlier versions do not say who was to make a machine.
    private static Optional<String> providerInFiles(Composition files, String node) {
        return files.groups().values().stream()
                .filter(group -> group.nodes().contains(node))
                .map(GroupSpec::provider)
                .findFirst();
    }

    private static boolean isUnfinished(Past past, String node) {
        InstanceKey acquire = InstanceKey.acquire(node);
        return past.interrupted(acquire).isPresent() || past.leftovers().containsKey(acquire);
    }

    private static ProviderConfig recorded(String name, String kind) {
        return new ProviderConfig(
                name, kind, new LinkedHashMap<>(), List.of(), Span.wholeFile("the record"));
    }

    /// The sites where a person is asked before anything changes. Of one that the files do not
    /// speak of, nobody says that it does not ask.
    public List<String> asking(Optional<Composition> files) {
        SequencedSet<String> all = new LinkedHashSet<>(List.of(site));
        for (String provider : nodes.values()) {
            int slash = provider.indexOf('/');
            if (slash > 0) {
                all.add(provider.substring(0, slash));
            }
        }
        files.filter(now -> now.site().name().equals(site))
                .ifPresent(now -> {
                    now.sites().forEach(spoken -> all.remove(spoken.name()));
                    all.addAll(now.asking());
                });
        return List.copyOf(all);
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
