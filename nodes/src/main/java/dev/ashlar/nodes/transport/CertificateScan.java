package dev.ashlar.nodes.transport;

import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.SshTransport.Preparation;
import dev.ashlar.nodes.transport.Transport.Opening;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/// Asks a machine for a certificate of its host key, as `ssh-keyscan -c` does: the handshake is
/// broken off when it has shown one, so that nobody logs in and nothing is sent. Who shows another
/// machine's certificate proves nothing for himself: the key in it is that machine's. Hosts before
/// it must show the keys that are pinned for them.
public final class CertificateScan {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    /// Those whose answers begin with the host key ([ServerGreeting]).
    private static final String KEY_EXCHANGES =
            "curve25519-sha256,curve25519-sha256@libssh.org,"
                    + "ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521";

    private CertificateScan() {}

    /// What came of [#of].
    public sealed interface Outcome {
        record Shown(HostCertificate certificate) implements Outcome {}

        /// It speaks SSH, and shows no such certificate.
        record NotShown() implements Outcome {}

        record Unseen(Failure failure) implements Outcome {}
    }

    /// Blocks for ten seconds a kind of certificate at most.
    ///
    /// @param access its own host keys are not looked at
    /// @param wanted which one will do, of those that an Ed25519 key has signed
    public static Outcome of(NodeAccess access, Predicate<HostCertificate> wanted) {
        for (String algorithm : NodeAccess.CERTIFICATES) {
            NodeAccess asked =
                    access.withoutAuthorities().withHostKeys(List.of(new HostKey(algorithm, "")));
            AtomicReference<Overheard> machine = new AtomicReference<>();
            Opening opening = transport(asked, machine).open(asked);
            if (opening instanceof Opening.Opened(Connection connection)) {
                connection.close();
                throw new IllegalStateException("a key that nobody knows was taken");
            }
            byte[] heard =
                    Optional.ofNullable(machine.get()).map(Overheard::heard).orElse(new byte[0]);
            if (heard.length == 0 && opening instanceof Opening.Refused(Failure why)) {
                return new Outcome.Unseen(why);
            }
            Optional<HostCertificate> shown =
                    ServerGreeting.hostKey(heard).flatMap(HostCertificate::parse).filter(wanted);
            if (shown.isPresent()) {
                return new Outcome.Shown(shown.get());
            }
        }
        return new Outcome.NotShown();
    }

    private static SshTransport transport(NodeAccess asked, AtomicReference<Overheard> machine) {
        Preparation listening =
                (session, access, way) -> {
                    if (access.equals(asked)) {
                        Overheard overheard = new Overheard(way);
                        machine.set(overheard);
                        session.setConfig("kex", KEY_EXCHANGES);
                        session.setProxy(overheard);
                    } else {
                        SshTransport.by(session, access, way);
                    }
                };
        return new SshTransport(WITHIN, WITHIN, PinnedHostKeys::new, listening);
    }
}
