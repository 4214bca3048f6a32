package dev.ashlar.app.kit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A client that writes a new key all the time and remembers what was acknowledged. A write has
/// failed when no member has acknowledged it after one retry within five seconds.
public final class WitnessClient {
    private static final String TRY = "--dial-timeout 1s --command-timeout 2400ms";
    private static final String KEY = "witness/";

    private final EtcdCluster cluster;
    private final Machine machine;
    private final String command;
    private final List<Finished> failed = new ArrayList<>();
    private final Set<String> acknowledged = new LinkedHashSet<>();
    private int number;
    private final Repetition rounds = new Repetition(this::round);

    private WitnessClient(EtcdCluster cluster, Machine machine, List<String> endpoints) {
        this.cluster = cluster;
        this.machine = machine;
        this.command =
                "ETCDCTL_API=3 etcdctl %s --endpoints %s %s"
                        .formatted(TRY, String.join(",", endpoints), cluster.options());
    }

    /// Starts to write on a machine that is handed the certificate.
    ///
    /// @param first the endpoint that the client has at the head of its list
    public static WitnessClient start(EtcdCluster cluster, Machine on, String first) {
        cluster.handCertificateTo(on);
        List<String> endpoints = new ArrayList<>(cluster.endpoints());
        endpoints.remove(first);
        endpoints.addFirst(first);
        WitnessClient client = new WitnessClient(cluster, on, endpoints);
        client.rounds.start();
        return client;
    }

    private void round() {
        number++;
        String key = KEY + System.nanoTime() + "-" + number;
        String put = command + " put " + key + " " + number;
        Finished written = machine.attempt(put + " || " + put);
        if (written.exitCode() == 0) {
            acknowledged.add(key);
        } else {
            failed.add(written);
        }
    }

    /// Stops writing; the writes that failed.
    public List<Finished> stop() {
        rounds.stop();
        return List.copyOf(failed);
    }

    /// What was acknowledged; to be asked once it has been stopped.
    public Set<String> acknowledged() {
        return acknowledged;
    }

    /// What was acknowledged and a member does not have.
    ///
    /// @param endpoint the member that is asked
    public Set<String> missing(String endpoint) {
        Set<String> there =
                cluster.etcdctl(machine, endpoint, "get --prefix --keys-only " + KEY)
                        .expect(0)
                        .out()
                        .lines()
                        .collect(Collectors.toSet());
        return acknowledged.stream()
                .filter(key -> !there.contains(key))
                .collect(Collectors.toSet());
    }
}
