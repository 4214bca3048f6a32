package dev.ashlar.language.site;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.node.ProviderConfig.Machine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Refuses one machine under two names: it would be two nodes that overwrite each other.
public final class MachineTwins {
    private MachineTwins() {}

    /// @param machines of which a cluster may have all
    public static void refuse(List<Machine> machines, Diagnostics diagnostics) {
        Map<String, Machine> seen = new HashMap<>();
        for (Machine machine : machines) {
            Machine first = seen.putIfAbsent(machine.access().machine(), machine);
            if (first != null) {
                diagnostics.add(
                        Diagnostic.of(
                                        Code.ASH0504,
                                        machine.span(),
                                        "machine \""
                                                + machine.name()
                                                + "\" has the address of \""
                                                + first.name()
                                                + "\"")
                                .withNote(first.span(), "the other one"));
            }
        }
    }
}
