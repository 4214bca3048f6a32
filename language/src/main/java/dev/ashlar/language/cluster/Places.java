package dev.ashlar.language.cluster;

import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.site.MachineTwins;
import dev.ashlar.language.site.SiteReader.Reading;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.SiteSpec;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.node.ProviderConfig.Machine;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// Where the groups of a cluster are: the site and the provider that `at:` of each names, or the
/// `default` of the cluster's own site. Confined to one thread.
final class Places {
    static final String KEY = "at";

    private final Sites sites;
    private final Diagnostics diagnostics;
    private final SequencedMap<String, Place> byGroup = new LinkedHashMap<>();

    Places(Sites sites, Diagnostics diagnostics) {
        this.sites = sites;
        this.diagnostics = diagnostics;
    }

    /// A provider of a site.
    ///
    /// @param site empty where it is not known
    /// @param isOwn true for the cluster's own site, also where its name is written
    /// @param provider its name there
    /// @param span where it is named
    private record Place(Optional<Reading> site, boolean isOwn, String provider, Span span) {}

    /// Takes in where a group is.
    ///
    /// @param written the group, also with what of it could not be read
    /// @param nodes what it needs there
    /// @param counted where it says how many, where that is not in the group itself
    /// @return what the composition calls the provider
    String settle(
            String group,
            YamlNode.Mapping written,
            Section section,
            Span span,
            List<String> nodes,
            Optional<Span> counted) {
        Place place = place(section, span);
        byGroup.put(group, place);
        boolean isUnclear = written.get(KEY).isPresent() && !section.has(KEY);
        if (!isUnclear) {
            place.site()
                    .filter(Reading::sound)
                    .ifPresent(site ->
                            new NodeCheck(site.spec(), diagnostics)
                                    .check(
                                            group,
                                            nodes,
                                            place.provider(),
                                            place.span(),
                                            counted.orElse(place.span())));
        }
        return place.isOwn() ? place.provider() : section.text(KEY).orElse(place.provider());
    }

    private Place place(Section section, Span span) {
        Optional<YamlNode.Scalar> at = section.scalar(KEY);
        Span named = at.map(YamlNode.Scalar::span).orElse(span);
        String text = at.map(YamlNode.Scalar::text).orElse("default");
        int slash = text.indexOf('/');
        String provider = text.substring(slash + 1);
        if (slash < 0) {
            return new Place(sites.own(), true, provider, named);
        }
        String name = text.substring(0, slash);
        boolean isOwn = sites.own().filter(own -> own.spec().name().equals(name)).isPresent();
        return new Place(isOwn ? sites.own() : sites.named(name, named), isOwn, provider, named);
    }

    /// The site that a group is at, where it is known.
    Optional<Reading> siteOf(String group) {
        return Optional.ofNullable(byGroup.get(group)).flatMap(Place::site);
    }

    /// The sites beside the cluster's own, in the order in which groups name them.
    List<SiteSpec> beside() {
        return byGroup.values().stream()
                .filter(place -> !place.isOwn())
                .flatMap(place -> place.site().stream())
                .map(Reading::spec)
                .distinct()
                .toList();
    }

    /// Refuses what two sites, or two providers of one, list under different nodes of the cluster.
    void refuseTwins(Collection<GroupSpec> groups) {
        MachineTwins.refuse(
                groups.stream().flatMap(group -> machines(group).stream()).toList(), diagnostics);
    }

    /// Without those of a site in which something is wrong: that has been told.
    private List<Machine> machines(GroupSpec group) {
        Set<String> nodes = new HashSet<>(group.nodes());
        return Stream.ofNullable(byGroup.get(group.name()))
                .flatMap(place ->
                        place.site().filter(Reading::sound).stream()
                                .map(site -> site.spec().providers().get(place.provider())))
                .filter(Objects::nonNull)
                .flatMap(provider -> provider.machines().stream())
                .filter(machine -> nodes.contains(machine.name()))
                .toList();
    }
}
