package dev.ashlar.app.terminal;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.identity.InstanceKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// For a person who looks on: what runs now in place at the bottom, bounded to the height of the
/// terminal, failures above it for good, everything else as counts.
final class LiveProgress extends Progress {
    private static final long REDRAW_EVERY_MS = 100;
    private static final int KEPT_LINES = 4;

    private final Thread painter;
    private int drawn;

    LiveProgress(Terminal terminal, Clock clock, Collection<InstanceKey> instances) {
        super(terminal, clock, instances);
        painter = Thread.ofVirtual().name("progress").start(this::paint);
    }

    private void paint() {
        try {
            while (true) {
                redraw();
                Thread.sleep(REDRAW_EVERY_MS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void redraw() {
        List<String> lines = new ArrayList<>();
        int most = Math.max(1, terminal.lines() - KEPT_LINES);
        running.forEach((key, sinceMs) -> lines.add(row(key.toString(), sinceMs)));
        asked.forEach((key, sinceMs) -> lines.add(row("how is " + key + "?", sinceMs)));
        if (lines.size() > most) {
            int more = lines.size() - most;
            lines.subList(most, lines.size()).clear();
            lines.add("  … and " + more + " more");
        }
        lines.add(terminal.paint(Paint.FAINT, clipped("  " + summary())));
        terminal.draw(erase(), String.join("\n", lines) + "\n");
        drawn = lines.size();
    }

    private String row(String what, long sinceMs) {
        return clipped("  ▸ " + what + "  " + Times.lasting(clock.millis() - sinceMs));
    }

    /// A line that wraps would be counted as one and leave its rest behind.
    private String clipped(String line) {
        int most = terminal.columns() - 1;
        return line.length() <= most ? line : line.substring(0, most);
    }

    private String erase() {
        return drawn == 0 ? "" : "\u001b[" + drawn + "A\u001b[J";
    }

    @Override
    protected void show(Command.Tell tell, long tookMs) {
        if (tell.phase() != Phase.FAILED) {
            return;
        }
        String line = "  ✗ " + tell.key() + ": " + tell.detail();
        terminal.draw(erase(), terminal.paint(Paint.BAD, line) + "\n");
        drawn = 0;
    }

    @Override
    protected void show(String line) {
        say(line);
    }

    @Override
    public void postpones(Command.Postpone postpone) {
        say("  " + later(postpone));
    }

    @Override
    public synchronized void say(String line) {
        terminal.draw(erase(), line + "\n");
        drawn = 0;
    }

    @Override
    public synchronized void close() {
        painter.interrupt();
        terminal.draw(erase(), "");
        drawn = 0;
    }
}
