package dev.ashlar.app.terminal;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.StatusRow;
import dev.ashlar.engine.past.Knowledge;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Status for people: a block for each subject, a line for each of its steps.
public final class StatusView {
    private final Terminal terminal;

    public StatusView(Terminal terminal) {
        this.terminal = terminal;
    }

    public List<String> lines(Cluster cluster, List<StatusRow> rows, boolean running) {
        List<String> lines = new ArrayList<>();
        Map<String, List<StatusRow>> bySubject = new LinkedHashMap<>();
        for (StatusRow row : rows) {
            String subject = row.key().node().orElse("cluster");
            bySubject.computeIfAbsent(subject, _ -> new ArrayList<>()).add(row);
        }
        int width = rows.stream().mapToInt(row -> row.key().withoutNode().length()).max().orElse(1);
        bySubject.forEach((subject, of) -> {
            lines.add(terminal.paint(Paint.STRONG, subject));
            of.forEach(row -> lines.add(line(row, width)));
        });
        lines.add(summary(cluster, rows, running));
        return lines;
    }

    private String line(StatusRow row, int width) {
        StringBuilder text = new StringBuilder("  ");
        text.append(row.key().withoutNode());
        text.append(" ".repeat(width - row.key().withoutNode().length() + 2));
        text.append(paint(row.state()));
        row.run().ifPresent(run -> text.append("  run ").append(run));
        row.healthy().filter(Boolean::booleanValue).ifPresent(_ -> text.append("  healthy"));
        row.failure().ifPresent(failure -> text.append("  ").append(failure.told()));
        return text.toString();
    }

    private String paint(String state) {
        return switch (state) {
            case "done" -> terminal.paint(Paint.GOOD, state);
            case "failed", "unhealthy", "impossible" -> terminal.paint(Paint.BAD, state);
            case "pending" -> terminal.paint(Paint.FAINT, state);
            default -> terminal.paint(Paint.CHANGE, state);
        };
    }

    private static String summary(Cluster cluster, List<StatusRow> rows, boolean running) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        rows.forEach(row -> counts.merge(row.state(), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((state, count) -> words.add(count + " " + state));
        long healthy =
                rows.stream()
                        .filter(r -> r.healthy().filter(Boolean::booleanValue).isPresent())
                        .count();
        if (healthy > 0) {
            words.add(healthy + " healthy");
        }
        String verified =
                Knowledge.of(cluster.past())
                        .map(known ->
                                ", last verified "
                                        + Times.ago(known.newestMs(), Clock.systemUTC().millis())
                                        + " in run "
                                        + known.newestRun())
                        .orElse("");
        return String.join(", ", words) + (running ? " (a run is going on)" : verified);
    }
}
