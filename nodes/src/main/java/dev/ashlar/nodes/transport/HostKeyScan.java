package dev.ashlar.nodes.transport;

import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.Transport.Opening;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Asks a machine which host keys it shows, as `ssh-keyscan` does: the handshake is broken off when
/// it has shown one, so that nobody logs in and nothing is sent. Hosts before it must show the keys
/// that are pinned for them.
public final class HostKeyScan {
    private static final List<String> ALGORITHMS =
            List.of(
                    "ssh-ed25519",
                    "ecdsa-sha2-nistp256",
                    "ecdsa-sha2-nistp384",
                    "ecdsa-sha2-nistp521",
                    "ssh-rsa");

    private static final Duration WITHIN = Duration.ofSeconds(10);

    private HostKeyScan() {}

    /// What came of [#of].
    public sealed interface Outcome {
        /// @param keys what it shows; none where it speaks SSH and none of the usual kinds
        record Shown(List<HostKey> keys) implements Outcome {
            public Shown {
                keys = List.copyOf(keys);
            }
        }

        record Unseen(Failure failure) implements Outcome {}
    }

    /// Blocks for ten seconds a kind of key at most.
    ///
    /// @param access its own host keys are not looked at
    public static Outcome of(NodeAccess access) {
        Noting noting = new Noting();
        for (String algorithm : ALGORITHMS) {
            NodeAccess asked =
                    access.withoutAuthorities().withHostKeys(List.of(new HostKey(algorithm, "")));
            Optional<Failure> failure = ask(asked, noting);
            if (failure.isPresent()) {
                return new Outcome.Unseen(failure.get());
            }
        }
        return new Outcome.Shown(noting.shown);
    }

    /// @return why it could not be asked
    private static Optional<Failure> ask(NodeAccess asked, Noting noting) {
        SshTransport transport =
                new SshTransport(
                        WITHIN,
                        WITHIN,
                        access -> access.equals(asked) ? noting : new PinnedHostKeys(access),
                        SshTransport::by);
        int before = noting.shown.size();
        return switch (transport.open(asked)) {
            case Opening.Refused _ when noting.shown.size() > before -> Optional.empty();
            case Opening.Refused(Failure failure) ->
                    Optional.of(failure).filter(why -> !SshFailures.isOfItsKey(asked, why));
            case Opening.Opened(Connection connection) -> {
                connection.close();
                throw new IllegalStateException("a key that nobody knows was taken");
            }
        };
    }

    /// Notes each key that is shown, and takes none.
    private static final class Noting extends FixedHostKeys {
        private final List<HostKey> shown = new CopyOnWriteArrayList<>();

        @Override
        public int check(String host, byte[] key) {
            shown.add(HostKey.of(key));
            return NOT_INCLUDED;
        }

        @Override
        public com.jcraft.jsch.HostKey[] getHostKey() {
            return new com.jcraft.jsch.HostKey[0];
        }

        @Override
        public com.jcraft.jsch.HostKey[] getHostKey(String host, @Nullable String type) {
            return getHostKey();
        }
    }
}
