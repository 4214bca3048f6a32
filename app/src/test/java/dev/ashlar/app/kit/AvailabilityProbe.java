package dev.ashlar.app.kit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Asks all members of a cluster again and again which of them answer, until it is stopped.
public final class AvailabilityProbe {
    private static final Duration ROUND = Duration.ofSeconds(20);

    private final List<String> members;
    private final List<Integer> answered = new ArrayList<>();
    private final Repetition rounds = new Repetition(this::round);

    private AvailabilityProbe(List<String> members) {
        this.members = List.copyOf(members);
    }

    /// Starts to ask.
    ///
    /// @param members for each a command that succeeds while it answers
    public static AvailabilityProbe start(List<String> members) {
        AvailabilityProbe probe = new AvailabilityProbe(members);
        probe.rounds.start();
        return probe;
    }

    /// Starts to ask the members of etcd.
    ///
    /// @param ports a member answers when it answers at one of them
    public static AvailabilityProbe start(EtcdCluster cluster, List<String> ports) {
        String curl = "curl -sf -o /dev/null --max-time 5 " + cluster.options();
        return start(
                cluster.endpoints().stream()
                        .map(endpoint -> URI.create(endpoint).getHost())
                        .map(host ->
                                ports.stream()
                                        .map(port ->
                                                "%s https://%s:%s/version"
                                                        .formatted(curl, host, port))
                                        .collect(Collectors.joining(" || ")))
                        .toList());
    }

    private void round() {
        List<Running> asked = members.stream().map(AvailabilityProbe::ask).toList();
        int count = 0;
        for (Running one : asked) {
            count += one.finish(ROUND).exitCode() == 0 ? 1 : 0;
        }
        answered.add(count);
    }

    private static Running ask(String command) {
        return Running.start(Path.of("/"), Map.of(), new byte[0], List.of("sh", "-c", command));
    }

    /// Stops asking; how many members answered, round by round.
    public List<Integer> stop() {
        rounds.stop();
        return List.copyOf(answered);
    }
}
