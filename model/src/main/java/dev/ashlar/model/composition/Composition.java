package dev.ashlar.model.composition;

import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.secret.DigestKey;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.model.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A whole cluster as checked: what the language hands to the engine. Every name resolves, every
/// expression has a type.
///
/// @param name the cluster's name
/// @param groups by name, in the order of the file
/// @param uses by name, over all groups, in the order of the file
/// @param parameters cluster-wide values, read as `parameters.NAME`
/// @param secrets what its files declare, by name
/// @param vault what there is of its secrets, where it has any and somebody has unlocked them
/// @param site where its nodes come from, unless their group says otherwise
/// @param beside the other sites that groups of it are at
/// @param digest SHA-256 (hex) over every file that took part, with their paths: what a run is
///   bound to
public record Composition(
        String name,
        SequencedMap<String, GroupSpec> groups,
        SequencedMap<String, UseSpec> uses,
        SequencedMap<String, Expression> parameters,
        SequencedMap<String, SecretSpec> secrets,
        Optional<Vault> vault,
        SiteSpec site,
        List<SiteSpec> beside,
        String digest,
        Span span) {

    /// A cluster of that name with nothing in it: what is wanted when everything is to go.
    public static Composition empty(String name) {
        return empty(name, "");
    }

    /// The same at a site of which no more than its name is known.
    public static Composition empty(String name, String site) {
        Span nowhere = Span.wholeFile("cluster.yaml");
        return new Composition(
                name,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Optional.empty(),
                new SiteSpec(site, new LinkedHashMap<>(), SiteSpec.Approval.ASK, nowhere),
                List.of(),
                "",
                nowhere);
    }

    /// The same with others who stand for what its uses require.
    public Composition withSupplies(UnaryOperator<Supply> change) {
        SequencedMap<String, UseSpec> changed = new LinkedHashMap<>(uses);
        changed.replaceAll((_, use) -> use.withSupplies(change));
        return new Composition(
                name, groups, changed, parameters, secrets, vault, site, beside, digest, span);
    }

    /// The same with its secrets unlocked.
    public Composition withVault(Vault unlocked) {
        return new Composition(
                name,
                groups,
                uses,
                parameters,
                secrets,
                Optional.of(unlocked),
                site,
                beside,
                digest,
                span);
    }

    /// What digests of its secrets are made with, once the vault is unlocked.
    public Optional<DigestKey> digestKey() {
        return vault.map(Vault::key);
    }

    /// True where something in it is secret: its values are known only where somebody has unlocked
    /// the vault.
    public boolean hasSecrets() {
        return !secrets.isEmpty()
                || uses.values().stream()
                        .map(UseSpec::component)
                        .flatMap(ComponentSpec::valueTypes)
                        .anyMatch(Type::hasSecret);
    }

    /// All that its groups' nodes may come from, by what [GroupSpec#provider] says: those of its
    /// own site by their names, those of the others as `SITE/NAME`.
    public SequencedMap<String, ProviderConfig> providers() {
        SequencedMap<String, ProviderConfig> all = new LinkedHashMap<>(site.providers());
        for (SiteSpec other : beside) {
            for (ProviderConfig provider : other.providers().values()) {
                String called = other.name() + "/" + provider.name();
                all.put(called, provider.called(called));
            }
        }
        return all;
    }

    /// The site that is its own, then the others.
    public List<SiteSpec> sites() {
        return Stream.concat(Stream.of(site), beside.stream()).toList();
    }

    /// The names of those of its sites where a person is asked first.
    public List<String> asking() {
        return sites().stream()
                .filter(one -> one.approval() == SiteSpec.Approval.ASK)
                .map(SiteSpec::name)
                .toList();
    }

    /// A value of another use that stands for an interface.
    ///
    /// @param of the interface
    /// @param value evaluated for `by` as a whole
    public record Supplied(UseSpec by, String of, String name, Expression value) {}

    /// What a use reads of other uses under the names by which it requires them.
    ///
    /// @param path from [Requirement#VARIABLE] on
    public List<Supplied> supplied(UseSpec use, List<String> path) {
        List<Supplied> all = new ArrayList<>();
        for (Requirement requirement : use.component().interfaces().required().values()) {
            Optional<UseSpec> by = use.boundUse(requirement.name()).map(uses::get);
            if (by.isPresent() && isRead(path, 1, requirement.name())) {
                by.get()
                        .component()
                        .interfaces()
                        .implemented(requirement.of())
                        .forEach((name, value) -> {
                            if (isRead(path, 2, name)) {
                                all.add(new Supplied(by.get(), requirement.of(), name, value));
                            }
                        });
            }
        }
        return all;
    }

    /// The facts of its nodes that the components of a group ask for.
    public Set<Fact> factsOf(String group) {
        return uses.values().stream()
                .filter(use -> use.group().equals(group))
                .flatMap(use -> use.component().inputs().values().stream())
                .flatMap(input -> input.fact().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fact.class)));
    }

    /// The version of a use's pack, where other uses are of another version of it.
    public Optional<String> version(UseSpec use) {
        ComponentSpec of = use.component();
        return uses.values().stream()
                        .map(UseSpec::component)
                        .anyMatch(other ->
                                other.pack().equals(of.pack())
                                        && !other.version().equals(of.version()))
                ? Optional.of(of.version())
                : Optional.empty();
    }

    private static boolean isRead(List<String> path, int at, String name) {
        return path.size() <= at || path.get(at).equals(name);
    }

    public Composition {
        beside = List.copyOf(beside);
        groups = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(groups));
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        secrets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(secrets));
        uses = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(uses));
    }
}
