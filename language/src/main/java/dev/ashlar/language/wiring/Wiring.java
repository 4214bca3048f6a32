package dev.ashlar.language.wiring;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.LinkedHashMap;
import java.util.Map;

/// All checks of this room.
public final class Wiring {
    private Wiring() {}

    /// Checks a component by itself.
    ///
    /// @param defaults of its inputs
    /// @param ordered false when an order edge leads nowhere: what comes before what is not known
    public static void check(
            ComponentSpec component,
            Map<String, Expression> defaults,
            boolean ordered,
            Diagnostics diagnostics) {
        WaitGraph graph = new WaitGraph(component, defaults);
        CycleCheck.report(graph, diagnostics);
        if (ordered) {
            new Precedence(component, graph, diagnostics).check();
        }
        new LapseCheck(graph, Map.of("", component), diagnostics).check("", component);
        new Ownership(diagnostics).component(component);
    }

    /// Checks how uses fit together; its components have been checked and are sound.
    public static void check(Composition composition, Diagnostics diagnostics) {
        WaitGraph graph = new WaitGraph(composition);
        CycleCheck.report(graph, diagnostics);
        Map<String, ComponentSpec> components = new LinkedHashMap<>();
        composition
                .uses()
                .values()
                .forEach(use -> components.put(use.name() + ".", use.component()));
        LapseCheck lapses = new LapseCheck(graph, components, diagnostics);
        components.forEach(lapses::check);
        new Ownership(diagnostics).composition(composition);
        HealthConditions.check(composition, diagnostics);
    }
}
