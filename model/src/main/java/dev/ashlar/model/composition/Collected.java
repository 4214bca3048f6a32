package dev.ashlar.model.composition;

import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.type.Type;
import java.util.Comparator;
import java.util.List;

/// What `collect(TYPE)` reads: the values of a type that a pack declares, of all outputs in a
/// cluster that hold such values, be it one, several or perhaps none.
public final class Collected {

    /// The variable that expressions read it from, one field for each type by its full name
    /// (`lb.Member`). No person can write such a name, so it hides nothing.
    public static final String NAME = "collect()";

    private Collected() {}

    /// As a person writes it.
    public static String words(String type) {
        return "collect(" + type + ")";
    }

    /// The uses in the order in which their values are gathered: by the names of group and use, so
    /// that moving lines about in a file changes nothing.
    public static List<UseSpec> publishers(Composition composition, String type) {
        return composition.uses().values().stream()
                .filter(use ->
                        !outputs(use.component(), type).isEmpty()
                                || !clusterOutputs(use.component(), type).isEmpty())
                .sorted(Comparator.comparing(UseSpec::group).thenComparing(UseSpec::name))
                .toList();
    }

    /// The outputs for each node that hold values of a type, by name.
    public static List<OutputSpec> outputs(ComponentSpec component, String type) {
        return component.outputs().values().stream()
                .filter(output -> holds(output.type(), type))
                .sorted(Comparator.comparing(OutputSpec::name))
                .toList();
    }

    /// The outputs of all members together that hold values of a type, by name.
    public static List<ClusterOutputSpec> clusterOutputs(ComponentSpec component, String type) {
        return component.clusterOutputs().values().stream()
                .filter(output -> holds(output.type(), type))
                .sorted(Comparator.comparing(ClusterOutputSpec::name))
                .toList();
    }

    /// The steps of which each has a condition, so that it may be that nothing is there that could
    /// publish. None where something always is.
    ///
    /// @param ofMember whether it is asked of a member, or of all together with what is done for
    ///   the cluster
    public static List<StepSpec> conditional(ComponentSpec component, boolean ofMember) {
        List<StepSpec> steps =
                component.steps().stream()
                        .filter(step -> !ofMember || step.subject() == StepSpec.Subject.NODE)
                        .toList();
        boolean all =
                steps.stream()
                        .allMatch(step ->
                                step.when()
                                        .filter(when -> !when.variables().contains(Element.NAME))
                                        .isPresent());
        return all ? steps : List.of();
    }

    private static boolean holds(Type outer, String type) {
        return outer.innermost() instanceof Type.Struct struct && struct.name().equals(type);
    }
}
