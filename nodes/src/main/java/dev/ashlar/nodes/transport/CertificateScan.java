package dev.ashlar.nodes.transport;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.Transport.Opening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Asks machines for a certificate of their host key, as `ssh-keyscan -c` does: the handshake is
/// broken off when one has been shown, so that nobody logs in and nothing is sent. Who shows
/// another machine's certificate proves nothing for himself: the key in it is that machine's. Hosts
/// on the way must show the keys that are pinned for them; they are logged in to once for all that
/// are asked at the same time. Safe for use by several threads.
public final class CertificateScan {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    /// The one way to agree on keys whose first answer does not begin with the host key
    /// ([ServerGreeting]): RFC 4419.
    private static final Pattern GROUP_EXCHANGE =
            Pattern.compile("diffie-hellman-group-exchange-[^,]*,?");

    /// What an RSA key's certificate is asked for by, and is called (OpenSSH's PROTOCOL.certkeys).
    private static final Pattern RSA = Pattern.compile("^rsa-sha2-(256|512)");

    private final Map<NodeAccess, Overheard> asked = new ConcurrentHashMap<>();
    private final SshTransport transport =
            new SshTransport(WITHIN, WITHIN, PinnedHostKeys::new, this::prepare);

    /// What came of [#of].
    public sealed interface Outcome {
        record Shown(HostCertificate certificate) implements Outcome {}

        /// It speaks SSH, and shows no such certificate.
        record NotShown() implements Outcome {}

        record Unseen(Failure failure) implements Outcome {}
    }

    /// Blocks for ten seconds at most, and as long again for each certificate it is shown that will
    /// not do, of which there is one a kind of key.
    ///
    /// @param access its own host keys are not looked at
    /// @param wanted which one will do, of those that an Ed25519 key has signed
    public Outcome of(NodeAccess access, Predicate<HostCertificate> wanted) {
        List<String> kinds = new ArrayList<>(NodeAccess.CERTIFICATES);
        while (!kinds.isEmpty()) {
            Overheard machine = new Overheard();
            Failure why = handshake(offering(access, kinds), machine);
            Optional<byte[]> shown = ServerGreeting.hostKey(machine.heard());
            if (shown.isEmpty() && !SshFailures.isOfItsKey(access, why)) {
                return new Outcome.Unseen(why);
            }
            Optional<HostCertificate> certificate =
                    shown.flatMap(HostCertificate::parse).filter(wanted);
            if (certificate.isPresent()) {
                return new Outcome.Shown(certificate.get());
            }
            Optional<String> unwanted = shown.flatMap(HostKey::name);
            if (!kinds.removeIf(kind -> unwanted.equals(Optional.of(called(kind))))) {
                break;
            }
        }
        return new Outcome.NotShown();
    }

    private static NodeAccess offering(NodeAccess access, List<String> kinds) {
        return access.withoutAuthorities()
                .withHostKeys(kinds.stream().map(kind -> new HostKey(kind, "")).toList());
    }

    private static String called(String kind) {
        return RSA.matcher(kind).replaceFirst("ssh-rsa");
    }

    /// @return how it has ended: never well
    private Failure handshake(NodeAccess offering, Overheard machine) {
        asked.put(offering, machine);
        try {
            return switch (transport.open(offering)) {
                case Opening.Refused(Failure why) -> why;
                case Opening.Opened(Connection connection) -> {
                    connection.close();
                    throw new IllegalStateException("a key that nobody knows was taken");
                }
            };
        } finally {
            asked.remove(offering);
        }
    }

    private void prepare(Session session, NodeAccess access, Optional<? extends Proxy> way) {
        Optional<Overheard> machine = Optional.ofNullable(asked.get(access));
        if (machine.isPresent()) {
            session.setConfig(
                    "kex", GROUP_EXCHANGE.matcher(session.getConfig("kex")).replaceAll(""));
            session.setProxy(machine.get().by(way));
        } else {
            SshTransport.by(session, access, way);
        }
    }
}
