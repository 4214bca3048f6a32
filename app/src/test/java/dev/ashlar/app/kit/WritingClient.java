package dev.ashlar.app.kit;

import java.util.ArrayList;
import java.util.List;

/// A client that writes all the time through all endpoints, as one does that has been given more
/// than one port of each member.
public final class WritingClient {
    private final Machine machine;
    private final String command;
    private final String elsewhere;
    private final List<Finished> failed = new ArrayList<>();
    private final Repetition rounds = new Repetition(this::round);
    private int writes;

    private WritingClient(Machine machine, String command, String elsewhere) {
        this.machine = machine;
        this.command = command;
        this.elsewhere = elsewhere;
    }

    /// Starts to write on a machine that is handed the certificate.
    ///
    /// @param ports of which each member answers at one
    public static WritingClient start(EtcdCluster cluster, Machine on, List<String> ports) {
        cluster.handCertificateTo(on);
        List<String> endpoints = new ArrayList<>();
        for (String endpoint : cluster.endpoints()) {
            String host = endpoint.substring(0, endpoint.lastIndexOf(':'));
            ports.forEach(port -> endpoints.add(host + ":" + port));
        }
        WritingClient client =
                new WritingClient(
                        on, etcdctl(cluster, endpoints), etcdctl(cluster, endpoints.reversed()));
        client.rounds.start();
        return client;
    }

    private static String etcdctl(EtcdCluster cluster, List<String> endpoints) {
        return "ETCDCTL_API=3 etcdctl --dial-timeout 3s --command-timeout 10s --endpoints %s %s"
                .formatted(String.join(",", endpoints), cluster.options());
    }

    /// A write that meets the very moment in which its member is restarted is tried once more, on
    /// another member, as a client must.
    private void round() {
        writes++;
        String put = " put counter " + writes;
        Finished written = machine.attempt(command + put + " || " + elsewhere + put);
        if (written.exitCode() != 0) {
            failed.add(written);
        }
    }

    /// Stops writing; the writes that failed.
    public List<Finished> stop() {
        rounds.stop();
        return List.copyOf(failed);
    }

    /// How many writes were tried; to be asked once it has been stopped.
    public int writes() {
        return writes;
    }
}
