package dev.ashlar.app.kit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Asks all members of a cluster again and again which of them answer, until it is stopped.
public final class AvailabilityProbe {
    private static final Duration ROUND = Duration.ofSeconds(20);

    private final EtcdCluster cluster;
    private final List<String> ports;
    private final List<Integer> answered = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread thread;

    private AvailabilityProbe(EtcdCluster cluster, List<String> ports) {
        this.cluster = cluster;
        this.ports = ports;
        this.thread = Thread.ofVirtual().unstarted(this::run);
    }

    /// Starts to ask.
    ///
    /// @param ports a member answers when it answers at one of them
    public static AvailabilityProbe start(EtcdCluster cluster, List<String> ports) {
        AvailabilityProbe probe = new AvailabilityProbe(cluster, ports);
        probe.thread.start();
        return probe;
    }

    private void run() {
        while (!stop.get()) {
            List<Running> asked = new ArrayList<>();
            for (String endpoint : cluster.endpoints()) {
                asked.add(ask(URI.create(endpoint).getHost()));
            }
            int count = 0;
            for (Running one : asked) {
                count += one.finish(ROUND).exitCode() == 0 ? 1 : 0;
            }
            answered.add(count);
        }
    }

    private Running ask(String host) {
        String curl = "curl -sf -o /dev/null --max-time 5 " + cluster.options();
        StringBuilder script = new StringBuilder();
        for (String port : ports) {
            script.append(script.isEmpty() ? "" : " || ");
            script.append("%s https://%s:%s/version".formatted(curl, host, port));
        }
        return Running.start(
                Path.of("/"), Map.of(), new byte[0], List.of("sh", "-c", script.toString()));
    }

    /// Stops asking; how many members answered, round by round.
    public List<Integer> stop() {
        stop.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(answered);
    }
}
