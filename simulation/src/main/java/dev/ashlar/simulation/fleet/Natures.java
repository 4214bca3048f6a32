package dev.ashlar.simulation.fleet;

import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What modelled machines answer when they are asked for facts: what they were told to be,
/// otherwise something made up of the node's name. What changes at any time is the time.
public final class Natures {
    private static final Map<Fact, Value> ORDINARY = ordinaryMachine();

    private final Map<String, Map<Fact, Value>> told = new LinkedHashMap<>();
    private boolean ordinary;

    Natures() {}

    /// From now on a node answers so.
    public void set(String node, Fact fact, Value value) {
        told.computeIfAbsent(node, _ -> new LinkedHashMap<>()).put(fact, value);
    }

    /// From now on whoever was not told what to be is an ordinary machine, and always the same.
    public void ordinary() {
        ordinary = true;
    }

    private static Map<Fact, Value> ordinaryMachine() {
        Map<Fact, Value> machine = new EnumMap<>(Fact.class);
        machine.put(Fact.OS_FAMILY, Value.text("debian"));
        machine.put(Fact.OS_ID, Value.text("debian"));
        machine.put(Fact.OS_VERSION, Value.text("12"));
        machine.put(Fact.OS_CODENAME, Value.text("bookworm"));
        machine.put(Fact.OS_KERNEL, Value.text("6.1.0-amd64"));
        machine.put(Fact.CPU_ARCHITECTURE, Value.text("amd64"));
        machine.put(Fact.CPU_COUNT, Value.number(2));
        machine.put(Fact.MEMORY_MEGABYTES, Value.number(4_096));
        machine.put(Fact.DISK_ROOT_FREE_MEGABYTES, Value.number(20_000));
        machine.put(Fact.MEMORY_FREE_MEGABYTES, Value.number(3_000));
        return machine;
    }

    private static Value ofOrdinary(String node, Fact fact) {
        return ORDINARY.getOrDefault(fact, Value.text(node));
    }

    Report gathered(Work.Gather work, long nowMs) {
        Map<Fact, Value> known = told.getOrDefault(work.node(), Map.of());
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        for (Fact fact : work.facts()) {
            Value madeUp =
                    ordinary
                            ? ofOrdinary(work.node(), fact)
                            : fact.isVolatile()
                                    ? Value.number(nowMs)
                                    : MadeUp.made(fact.type(), work.node() + "." + fact.word(), "");
            outputs.put(fact.word(), known.getOrDefault(fact, madeUp));
        }
        return new Report.Done(List.of(), outputs, List.of(), "");
    }
}
