package dev.ashlar.app.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is complete can be built, taken back, and built again the same.
final class Rebuild {
    private final Stand stand;
    private Optional<Snapshot> first = Optional.empty();

    private Rebuild(Stand stand) {
        this.stand = stand;
    }

    static List<Stage> stages(Stand stand) {
        Rebuild suite = new Rebuild(stand);
        return List.of(
                new Stage("up", suite::build),
                new Stage(Stand.AT_REST, stand::restless),
                new Stage("down, step by step", suite::takeBack),
                new Stage("up again comes to the same", suite::build),
                new Stage(Stand.AT_REST, stand::restless));
    }

    private List<Finding> build() throws InterruptedException {
        List<Finding> found = new ArrayList<>(Finding.unlessDone("up", stand.up(Trouble.NONE)));
        if (found.isEmpty()) {
            Snapshot now = Snapshot.of(stand.past(), stand.graph().instances());
            first.ifPresent(before -> found.addAll(now.differencesFrom(before)));
            first = Optional.of(now);
        }
        return found;
    }

    private List<Finding> takeBack() throws InterruptedException {
        List<Finding> found = Finding.unlessDone("down", stand.down(Trouble.NONE));
        return found.isEmpty() ? stand.leftBehind() : found;
    }
}
