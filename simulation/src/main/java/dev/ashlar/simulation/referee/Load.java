package dev.ashlar.simulation.referee;

import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is carried out at the moment, in all and on each node, and how much may be.
final class Load {
    private final Layout layout;
    private final int parallel;
    private final int perNode;
    private final Map<String, Work> inFlight = new HashMap<>();
    private final Map<String, Integer> onNode = new HashMap<>();

    Load(Layout layout, int parallel, int perNode) {
        this.layout = layout;
        this.parallel = parallel;
        this.perNode = perNode;
    }

    /// What is too much once this is begun as well.
    List<String> begun(Work work) {
        List<String> tooMuch = new ArrayList<>();
        inFlight.put(work.intent(), work);
        layout.place(work)
                .ifPresent(node -> {
                    int now = onNode.merge(node, 1, Integer::sum);
                    if (now > perNode) {
                        tooMuch.add(node + " has " + now + " pieces of work at once");
                    }
                });
        if (inFlight.size() > parallel) {
            tooMuch.add(inFlight.size() + " pieces of work at once");
        }
        return tooMuch;
    }

    /// The work that has ended.
    Optional<Work> ended(String intent) {
        Optional<Work> work = Optional.ofNullable(inFlight.remove(intent));
        work.flatMap(layout::place).ifPresent(node -> onNode.merge(node, -1, Integer::sum));
        return work;
    }

    Set<String> inFlight() {
        return Set.copyOf(inFlight.keySet());
    }
}
