package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.model.composition.SiteSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.node.ProviderConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether a site has the nodes a group asks for.
record NodeCheck(SiteSpec site, Diagnostics diagnostics) {

    /// @param at where the provider is named
    /// @param counted where it says how many
    void check(String group, List<String> nodes, String provider, Span at, Span counted) {
        ProviderConfig config = site.providers().get(provider);
        if (config == null) {
            if (!site.providers().isEmpty()) {
                diagnostics.add(
                        Hints.spelled(
                                Diagnostic.of(
                                                Code.ASH0502,
                                                at,
                                                "site \""
                                                        + site.name()
                                                        + "\" has no provider \""
                                                        + provider
                                                        + "\"")
                                        .withNote(site.span(), "the site"),
                                provider,
                                site.providers().keySet()));
            }
            return;
        }
        List<String> listed = config.machines().stream().map(ProviderConfig.Machine::name).toList();
        Set<String> there = new HashSet<>(listed);
        List<String> missing = nodes.stream().filter(n -> !there.contains(n)).toList();
        if (config.kind().equals("inventory") && !missing.isEmpty() && !listed.isEmpty()) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0503,
                                    counted,
                                    "group \""
                                            + group
                                            + "\" needs "
                                            + few(missing)
                                            + ", which site \""
                                            + site.name()
                                            + "\" does not list")
                            .withNote(config.span(), "listed here: " + few(listed)));
        }
    }

    /// Some of the names, and how many more there are.
    static String few(List<String> names) {
        return String.join(", ", names.stream().limit(8).toList())
                + (names.size() > 8 ? " and " + (names.size() - 8) + " more" : "");
    }
}
