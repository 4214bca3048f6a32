package dev.ashlar.app.kit;

import java.util.ArrayList;
import java.util.List;

/// A client that writes all the time through all endpoints, as one does that has been given more
/// than one port of each member.
public final class WritingClient {
    private final Machine machine;
    private final String command;
    private final List<Finished> failed = new ArrayList<>();
    private final Repetition rounds = new Repetition(this::round);
    private int writes;

    private WritingClient(Machine machine, String command) {
        this.machine = machine;
        this.command = command;
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
        String put =
                "ETCDCTL_API=3 etcdctl --dial-timeout 3s --command-timeout 10s --endpoints %s %s"
                        .formatted(String.join(",", endpoints), cluster.options());
        WritingClient client = new WritingClient(on, put);
        client.rounds.start();
        return client;
    }

    /// A write that meets the very moment in which its member is restarted is tried once more, as a
    /// client must.
    private void round() {
        writes++;
        String put = command + " put counter " + writes;
        Finished written = machine.attempt(put + " || " + put);
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
