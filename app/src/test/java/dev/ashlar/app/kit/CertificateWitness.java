package dev.ashlar.app.kit;

import java.util.ArrayList;
import java.util.List;

/// Holds the certificates of machines against what is beside them, all the time, with openssl.
public final class CertificateWitness {
    private final List<Machine> machines;
    private final String command;
    private final List<Finished> refused = new ArrayList<>();
    private final Repetition rounds = new Repetition(this::round);
    private int looks;

    private CertificateWitness(List<Machine> machines, String command) {
        this.machines = List.copyOf(machines);
        this.command = command;
    }

    /// Begins to look.
    ///
    /// @param folders of the certificates, on each of the machines
    public static CertificateWitness start(List<Machine> machines, List<String> folders) {
        List<String> commands = new ArrayList<>();
        for (String folder : folders) {
            commands.add(
                    "cd %s && openssl verify -crl_check -CRLfile revoked.pem -CAfile authority.pem certificate.pem"
                            .formatted(folder));
        }
        CertificateWitness witness =
                new CertificateWitness(machines, String.join(" && ", commands));
        witness.rounds.start();
        return witness;
    }

    private void round() {
        for (Machine machine : machines) {
            Finished looked = machine.attempt(command);
            looks++;
            if (looked.exitCode() != 0) {
                refused.add(looked);
            }
        }
    }

    /// Stops looking; what did not hold.
    public List<Finished> stop() {
        rounds.stop();
        return List.copyOf(refused);
    }

    /// How often it has looked; to be asked once it has been stopped.
    public int looks() {
        return looks;
    }
}
