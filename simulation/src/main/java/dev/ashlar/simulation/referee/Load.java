package dev.ashlar.simulation.referee;

import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is carried out at the moment, in all and on each node, and how much may be.
final class Load {
    private final Layout layout;
    private final int parallel;
    private final int perNode;
    private final Map<String, Work> inFlight = new LinkedHashMap<>();
    private final Map<String, Integer> onNode = new LinkedHashMap<>();
    private final Map<String, Integer> light = new LinkedHashMap<>();
    private int alone;

    Load(Layout layout, int parallel, int perNode) {
        this.layout = layout;
        this.parallel = parallel;
        this.perNode = perNode;
    }

    /// What is too much once this is begun as well.
    List<String> begun(Work work) {
        List<String> tooMuch = new ArrayList<>();
        inFlight.put(work.intent(), work);
        Optional<String> node = layout.place(work);
        if (isLight(work)) {
            node.ifPresent(name -> light.merge(name, 1, Integer::sum));
        } else {
            alone++;
            node.ifPresent(name -> {
                int now = onNode.merge(name, 1, Integer::sum);
                if (now > perNode) {
                    tooMuch.add(name + " has " + now + " pieces of work at once");
                }
            });
        }
        if (alone + light.size() > parallel) {
            tooMuch.add(alone + light.size() + " pieces of work at once");
        }
        return tooMuch;
    }

    /// What shares a round trip with others at its node counts once for all of them. What a light
    /// step no longer brings about is taken back under its name.
    private static boolean isLight(Work work) {
        return (work instanceof Work.Apply apply && apply.isLight())
                || (work instanceof Work.Undo undo && undo.intent().endsWith(Work.DROP));
    }

    /// The work that has ended.
    Optional<Work> ended(String intent) {
        Optional<Work> work = Optional.ofNullable(inFlight.remove(intent));
        work.ifPresent(done -> {
            boolean isLight = isLight(done);
            alone -= isLight ? 0 : 1;
            layout.place(done)
                    .ifPresent(node ->
                            (isLight ? light : onNode)
                                    .computeIfPresent(
                                            node, (_, count) -> count == 1 ? null : count - 1));
        });
        return work;
    }

    Set<String> inFlight() {
        return new LinkedHashSet<>(inFlight.keySet());
    }
}
