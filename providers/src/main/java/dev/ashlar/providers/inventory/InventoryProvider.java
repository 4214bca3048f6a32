package dev.ashlar.providers.inventory;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Machines that exist and are listed by hand. Acquiring one asks whether its SSH port takes
/// connections; giving one back does nothing. Immutable.
public final class InventoryProvider implements Provider {
    /// How long a machine may take to accept a connection.
    public static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final String name;
    private final Map<String, ProviderConfig.Machine> machines;
    private final Duration connectWithin;

    public InventoryProvider(ProviderConfig config) {
        this(config, CONNECT_WITHIN);
    }

    InventoryProvider(ProviderConfig config, Duration connectWithin) {
        this.name = config.name();
        this.machines =
                config.machines().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        ProviderConfig.Machine::name, Function.identity()));
        this.connectWithin = connectWithin;
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    /// A machine behind a jump host is only described: from here its port cannot be asked.
    @Override
    public Acquired acquire(String node, Consumer<String> progress) {
        ProviderConfig.Machine machine = machines.get(node);
        if (machine == null) {
            return new Acquired.NotReady(notListed(node));
        }
        NodeAccess access = machine.access();
        if (access.jump().isPresent()) {
            return new Acquired.Ready(access);
        }
        Optional<Failure> failure = connect(access);
        return failure.isPresent()
                ? new Acquired.NotReady(failure.get())
                : new Acquired.Ready(access);
    }

    @Override
    public Optional<NodeAccess> find(String node) {
        return Optional.ofNullable(machines.get(node)).map(ProviderConfig.Machine::access);
    }

    @Override
    public Optional<Failure> release(String node, Consumer<String> progress) {
        return Optional.empty();
    }

    private Optional<Failure> connect(NodeAccess access) {
        InetSocketAddress address = new InetSocketAddress(access.address(), access.port());
        try (Socket socket = new Socket()) {
            socket.connect(address, Math.toIntExact(connectWithin.toMillis()));
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(unreachable(access, "its name is not known"));
        } catch (IOException e) {
            String why = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            return Optional.of(unreachable(access, why));
        }
    }

    private static Failure unreachable(NodeAccess access, String why) {
        return Failure.passing(
                "unreachable",
                Failure.Fault.NODE,
                access.node() + " at " + access.address() + " port " + access.port() + ": " + why);
    }

    private Failure notListed(String node) {
        List<String> listed = machines.keySet().stream().sorted().toList();
        return Failure.lasting(
                "not-listed",
                Failure.Fault.SITE,
                "provider "
                        + name
                        + " lists no machine "
                        + node
                        + "; it lists "
                        + (listed.isEmpty() ? "none" : String.join(", ", listed)));
    }
}
