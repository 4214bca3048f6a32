package dev.ashlar.app.terminal;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// For a person who looks on: which nodes are still waited for, in one line that is written over.
/// Elsewhere only what is said. Safe for use by several threads.
public final class Waiting implements AutoCloseable {
    private static final int MAX_NAMED = 5;
    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;
    private final SequencedSet<String> nodes;
    private final int all;

    public Waiting(Terminal terminal, Collection<String> nodes) {
        this.terminal = terminal;
        this.nodes = new LinkedHashSet<>(nodes);
        this.all = this.nodes.size();
        draw();
    }

    public synchronized void isDone(String node) {
        nodes.remove(node);
        draw();
    }

    public synchronized void say(String line) {
        erase();
        terminal.say(line);
        draw();
    }

    private void draw() {
        if (terminal.canMove() && !nodes.isEmpty()) {
            String line =
                    "  %d of %d done, waiting for %s"
                            .formatted(
                                    all - nodes.size(),
                                    all,
                                    PlanView.some(List.copyOf(nodes), MAX_NAMED));
            int most = terminal.columns() - 1;
            terminal.draw(ERASE, line.length() <= most ? line : line.substring(0, most));
        }
    }

    private void erase() {
        if (terminal.canMove()) {
            terminal.draw(ERASE, "");
        }
    }

    @Override
    public synchronized void close() {
        erase();
    }
}
