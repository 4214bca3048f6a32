package dev.ashlar.app.terminal;

import dev.ashlar.model.text.Words;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Which nodes are still waited for, with what and since when: for a person who looks on in one
/// line that is written over, elsewhere now and then in a line of its own. Safe for use by several
/// threads.
public final class Waiting implements AutoCloseable {
    private static final int MAX_NAMED = 5;
    private static final long REDRAW_EVERY_MS = 500;
    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;
    private final ProgressMode mode;
    private final Clock clock;
    private final String what;
    private final SequencedSet<String> nodes;
    private final int all;
    private final long sinceMs;
    private final Reminder reminder = new Reminder();
    private final Thread ticker;

    /// Shown as the terminal shows progress.
    ///
    /// @param what is being done there, such as `asking for health`
    public Waiting(Terminal terminal, Clock clock, String what, Collection<String> nodes) {
        this.terminal = terminal;
        this.mode = terminal.mode();
        this.clock = clock;
        this.what = what;
        this.nodes = new LinkedHashSet<>(nodes);
        this.all = this.nodes.size();
        this.sinceMs = clock.millis();
        draw();
        ticker = Thread.ofVirtual().name("waiting").start(this::tick);
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(REDRAW_EVERY_MS);
                draw();
                remind();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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

    private synchronized void draw() {
        if (mode == ProgressMode.TREE && !nodes.isEmpty()) {
            String line = line();
            int most = terminal.columns() - 1;
            terminal.draw(ERASE, line.length() <= most ? line : line.substring(0, most));
        }
    }

    /// Says who is waited for, where nothing is drawn and it is due.
    synchronized void remind() {
        if (mode == ProgressMode.PLAIN
                && !nodes.isEmpty()
                && reminder.isDue(clock.millis() - sinceMs)) {
            terminal.say(line());
        }
    }

    private String line() {
        return "  … %s: %d of %d done, waiting for %s, %s"
                .formatted(
                        what,
                        all - nodes.size(),
                        all,
                        Words.some(List.copyOf(nodes), MAX_NAMED),
                        Times.lasting(clock.millis() - sinceMs));
    }

    private void erase() {
        if (mode == ProgressMode.TREE) {
            terminal.draw(ERASE, "");
        }
    }

    @Override
    public synchronized void close() {
        ticker.interrupt();
        nodes.clear();
        erase();
    }
}
