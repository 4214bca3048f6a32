package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.cluster.Neighbours.Lender;
import dev.ashlar.language.cluster.Neighbours.Neighbour;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Remedy;
import dev.ashlar.model.value.Value;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads what a use of another cluster has for an interface. What can be so with no record whatever
/// is reported; what only the record lacks is a value that is not known.
final class Borrowing {
    static final String CLUSTER = "cluster";
    static final String USE = "use";

    private final Outside outside;
    private final Diagnostics diagnostics;

    Borrowing(Outside outside, Diagnostics diagnostics) {
        this.outside = outside;
        this.diagnostics = diagnostics;
    }

    /// By name; nothing where something was reported.
    ///
    /// @param folder what the path is relative to
    SequencedMap<String, Value> read(Section external, Interface declared, Path folder) {
        Optional<YamlNode.Scalar> cluster = external.scalar(CLUSTER);
        Optional<YamlNode.Scalar> use = external.scalar(USE);
        return cluster.isEmpty() || use.isEmpty()
                ? new LinkedHashMap<>()
                : read(cluster.get(), use.get(), declared, folder);
    }

    /// True when it leads to the cluster that says it.
    boolean isItself(Section external, Path folder) {
        return external.scalar(CLUSTER)
                .flatMap(cluster -> path(cluster, folder))
                .filter(outside.neighbours()::isItself)
                .isPresent();
    }

    private SequencedMap<String, Value> read(
            YamlNode.Scalar cluster, YamlNode.Scalar use, Interface declared, Path folder) {
        Optional<Path> path = path(cluster, folder);
        Neighbour neighbour =
                path.map(outside.neighbours()::at).orElseGet(() -> new Neighbour.Nobody());
        String seenAs = path.map(outside.folder()::relativize).map(Path::toString).orElse("");
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        switch (neighbour) {
            case Neighbour.Nobody _ ->
                    diagnostics.add(
                            Diagnostic.of(
                                            Code.ASH0001,
                                            cluster.span(),
                                            "no cluster found at " + cluster.text())
                                    .withHelp(
                                            "name the folder that holds its cluster.yaml, relative"
                                                    + " to this file"));
            case Neighbour.Itself _ ->
                    diagnostics.add(
                            Diagnostic.of(Code.ASH0411, cluster.span(), "this is the same cluster")
                                    .withHelp(
                                            "a use of it is bound by its name: requires: { NAME: "
                                                    + use.text()
                                                    + " }"));
            case Neighbour.Obscure(String reason, Remedy remedy) ->
                    declared.values()
                            .forEach((name, type) ->
                                    values.put(
                                            name,
                                            Value.unknown(
                                                    type,
                                                    new Await.Elsewhere(seenAs, reason, remedy))));
            case Neighbour.Unread(Lender lender) ->
                    values.putAll(lent(lender, use, declared, seenAs));
            case Neighbour.Known known -> {
                if (fits(known, use, declared)) {
                    values.putAll(lent(known.lender(), use, declared, seenAs));
                }
            }
        }
        return values;
    }

    private static SequencedMap<String, Value> lent(
            Lender lender, YamlNode.Scalar use, Interface declared, String seenAs) {
        return lender.lent(use.text(), declared.name(), declared.values(), seenAs);
    }

    private static Optional<Path> path(YamlNode.Scalar cluster, Path folder) {
        try {
            return Optional.of(folder.resolve(cluster.text()).normalize());
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// True when the use stands for the interface as it is declared on this side.
    private boolean fits(Neighbour.Known known, YamlNode.Scalar written, Interface declared) {
        String name = known.composition().name();
        Map<String, UseSpec> uses = known.composition().uses();
        UseSpec use = uses.get(written.text());
        if (use == null) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0411,
                                    written.span(),
                                    "cluster " + name + " has no use \"" + written.text() + "\""),
                            written.text(),
                            standing(uses, declared)));
            return false;
        }
        if (!implementsIt(use, declared)) {
            diagnostics.add(unfit(name, use, written, declared, standing(uses, declared)));
            return false;
        }
        Map<String, Expression> given = use.component().interfaces().implemented(declared.name());
        List<Diagnostic> differing =
                declared.values().entrySet().stream()
                        .flatMap(wanted ->
                                differing(name, use, written, declared, wanted, given).stream())
                        .toList();
        differing.forEach(diagnostics::add);
        return differing.isEmpty();
    }

    private static boolean implementsIt(UseSpec use, Interface declared) {
        return use.component().interfaces().implemented().containsKey(declared.name());
    }

    private static List<String> standing(Map<String, UseSpec> uses, Interface declared) {
        return uses.values().stream()
                .filter(use -> implementsIt(use, declared))
                .map(UseSpec::name)
                .toList();
    }

    private static Diagnostic unfit(
            String cluster,
            UseSpec use,
            YamlNode.Scalar written,
            Interface declared,
            List<String> others) {
        Diagnostic found =
                Diagnostic.of(
                                Code.ASH0403,
                                written.span(),
                                "\"%s\" of cluster %s is %s, which does not implement \"%s\""
                                        .formatted(
                                                use.name(),
                                                cluster,
                                                use.component().reference(),
                                                declared.name()))
                        .withNote(declared.span(), "declared here");
        return others.isEmpty()
                ? found
                : found.withHelp("what stands for it there: " + String.join(", ", others));
    }

    /// The packs of the other cluster may be of another version.
    private static Optional<Diagnostic> differing(
            String cluster,
            UseSpec use,
            YamlNode.Scalar written,
            Interface declared,
            Map.Entry<String, Type> wanted,
            Map<String, Expression> given) {
        Expression found = given.get(wanted.getKey());
        if (found != null && wanted.getValue().accepts(found.type())) {
            return Optional.empty();
        }
        String there =
                found == null
                        ? "has no such value (%s)".formatted(use.component().span().location())
                        : "has %s (%s)".formatted(found.type(), found.span().location());
        return Optional.of(
                Diagnostic.of(
                                Code.ASH0403,
                                written.span(),
                                "interface \"%s\" asks for %s as \"%s\"; \"%s\" of cluster %s %s"
                                        .formatted(
                                                declared.name(),
                                                wanted.getValue(),
                                                wanted.getKey(),
                                                use.name(),
                                                cluster,
                                                there))
                        .withNote(declared.span(), "declared here")
                        .withHelp("have both clusters use the same version of the pack"));
    }
}
