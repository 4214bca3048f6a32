package dev.ashlar.nodes.transport;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.nodes.transport.Transport.Opening;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The jump hosts that machines are reached through now. Each is logged in to once for all that lie
/// behind it, whatever they are called. Safe for use by many threads.
final class JumpHosts {
    /// Handshakes through one jump host share its line and this processor: more of them at once
    /// take each other's time until they run out of it.
    private static final int HANDSHAKES_AT_ONCE = 8;

    private static final String NAME = "jump host";

    private final Function<NodeAccess, Opening> opener;
    private final Map<NodeAccess, JumpHost> hosts = new HashMap<>();

    /// @param opener how one is connected to
    JumpHosts(Function<NodeAccess, Opening> opener) {
        this.opener = opener;
    }

    /// One of them, its one login, and how many are on their way through it or beyond it now.
    private static final class JumpHost {
        private final AtomicBoolean isBegun = new AtomicBoolean();
        private final CompletableFuture<Opening> login = new CompletableFuture<>();
        private final Semaphore handshakes = new Semaphore(HANDSHAKES_AT_ONCE);
        private int users;
    }

    /// Opens a connection to what lies behind one.
    ///
    /// @param beyond given the way through, and what to run when the connection ends
    Opening through(NodeAccess jump, BiFunction<JumpProxy, Runnable, Opening> beyond) {
        NodeAccess key = unnamed(jump);
        JumpHost host = enter(key);
        Runnable leave = once(() -> leave(key, host));
        boolean isThrough = false;
        try {
            Opening opening =
                    switch (login(key, host)) {
                        case Opening.Refused refused -> refused;
                        case Opening.Opened(Connection gate) ->
                                beyond.apply(
                                        new JumpProxy((SshConnection) gate, host.handshakes),
                                        leave);
                    };
            isThrough = opening instanceof Opening.Opened;
            return opening;
        } finally {
            if (!isThrough) {
                leave.run();
            }
        }
    }

    private static NodeAccess unnamed(NodeAccess jump) {
        return new NodeAccess(
                NAME,
                jump.address(),
                jump.port(),
                jump.user(),
                jump.identity(),
                jump.hostKeys(),
                jump.sudo(),
                jump.jump().map(JumpHosts::unnamed));
    }

    /// A login that has been lost or refused is none: who comes next makes another.
    private synchronized JumpHost enter(NodeAccess key) {
        JumpHost host =
                hosts.merge(key, new JumpHost(), (known, fresh) -> isLost(known) ? fresh : known);
        host.users++;
        return host;
    }

    private static boolean isLost(JumpHost host) {
        return host.login.isDone() && connection(host).filter(SshConnection::isAlive).isEmpty();
    }

    private static Optional<SshConnection> connection(JumpHost host) {
        return host.login.state() == Future.State.SUCCESS
                        && host.login.resultNow() instanceof Opening.Opened(SshConnection gate)
                ? Optional.of(gate)
                : Optional.empty();
    }

    /// Who comes first logs in, and the others wait for that.
    private Opening login(NodeAccess key, JumpHost host) {
        if (host.isBegun.compareAndSet(false, true)) {
            try {
                host.login.complete(opener.apply(key));
            } catch (RuntimeException | Error e) {
                host.login.completeExceptionally(e);
            }
        }
        return host.login.join();
    }

    private void leave(NodeAccess key, JumpHost host) {
        synchronized (this) {
            host.users--;
            if (host.users > 0) {
                return;
            }
            hosts.remove(key, host);
        }
        connection(host).ifPresent(SshConnection::close);
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean isDone = new AtomicBoolean();
        return () -> {
            if (isDone.compareAndSet(false, true)) {
                action.run();
            }
        };
    }
}
