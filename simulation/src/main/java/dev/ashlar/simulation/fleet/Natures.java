package dev.ashlar.simulation.fleet;

import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What modelled machines answer when they are asked for facts: what they were told to be,
/// otherwise something made up of the node's name. What changes at any time is the time.
public final class Natures {
    private final Map<String, Map<Fact, Value>> told = new HashMap<>();

    Natures() {}

    /// From now on a node answers so.
    public void set(String node, Fact fact, Value value) {
        told.computeIfAbsent(node, _ -> new HashMap<>()).put(fact, value);
    }

    Report gathered(Work.Gather work, long nowMs) {
        Map<Fact, Value> known = told.getOrDefault(work.node(), Map.of());
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        for (Fact fact : work.facts()) {
            Value madeUp =
                    fact.isVolatile()
                            ? Value.number(nowMs)
                            : MadeUp.made(fact.type(), work.node() + "." + fact.word(), "");
            outputs.put(fact.word(), known.getOrDefault(fact, madeUp));
        }
        return new Report.Done(List.of(), outputs, List.of(), "");
    }
}
