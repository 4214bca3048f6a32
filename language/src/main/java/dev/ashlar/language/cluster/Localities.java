package dev.ashlar.language.cluster;

import dev.ashlar.language.cluster.Externals.External;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.pack.Packs;
import dev.ashlar.language.site.SiteReader.Reading;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What holds for uses because their group is at a site: what that says of components' inputs, and
/// who can stand for what they require. Confined to one thread.
final class Localities {
    private final List<WrittenUse> written;
    private final Map<String, Component> components;
    private final Packs packs;
    private final Externals externals;
    private final List<External> ofCluster;
    private final Diagnostics diagnostics;
    private final Map<String, Local> known = new HashMap<>();

    /// @param components by use
    /// @param ofCluster what is external wherever a group is
    Localities(
            List<WrittenUse> written,
            Map<String, Component> components,
            Packs packs,
            Externals externals,
            List<External> ofCluster,
            Diagnostics diagnostics) {
        this.written = written;
        this.components = components;
        this.packs = packs;
        this.externals = externals;
        this.ofCluster = ofCluster;
        this.diagnostics = diagnostics;
    }

    /// At one site.
    record Local(ComponentValues values, Supplies supplies) {}

    /// @param site empty where it is not known
    Local at(Optional<Reading> site) {
        return known.computeIfAbsent(
                site.map(reading -> reading.spec().name()).orElse(""), _ -> read(site));
    }

    private Local read(Optional<Reading> site) {
        InputValues values = new InputValues(ClusterScope.environmentOfSite(), diagnostics);
        return new Local(
                new ComponentValues(site.map(Reading::values).orElse(List.of()), packs, values),
                new Supplies(
                        written,
                        components,
                        externals.at(site, ofCluster),
                        site.filter(Reading::sound),
                        diagnostics));
    }
}
