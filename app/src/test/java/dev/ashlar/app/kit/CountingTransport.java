package dev.ashlar.app.kit;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.nodes.transport.Connection;
import dev.ashlar.nodes.transport.Running;
import dev.ashlar.nodes.transport.Transport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Passes everything on and counts by node, so that nobody has to be believed: connections,
/// commands on them (the channel's shell is one), and answers, told by the frames that end them.
/// The greeting of a channel and its beats answer no request.
public final class CountingTransport implements Transport {
    private static final Pattern ANSWER =
            Pattern.compile("(?m)^[0-9a-f]{24} [1-9][0-9]* end [0-9]+$");

    private final Transport inner;
    private final Map<String, Counted> nodes = new ConcurrentHashMap<>();

    /// What was counted of one node.
    public record Count(int connections, int commands, int answers) {}

    public CountingTransport(Transport inner) {
        this.inner = inner;
    }

    /// What was counted so far.
    public Map<String, Count> counts() {
        Map<String, Count> counts = new TreeMap<>();
        nodes.forEach((node, counted) -> counts.put(node, counted.count()));
        return counts;
    }

    @Override
    public Opening open(NodeAccess access) {
        Counted counted = nodes.computeIfAbsent(access.node(), _ -> new Counted());
        counted.connections.incrementAndGet();
        return switch (inner.open(access)) {
            case Opening.Opened(Connection connection) ->
                    new Opening.Opened(new Heard(connection, counted));
            case Opening.Refused refused -> refused;
        };
    }

    @Override
    public String shell() {
        return inner.shell();
    }

    private static final class Counted {
        private final AtomicInteger connections = new AtomicInteger();
        private final AtomicInteger commands = new AtomicInteger();
        private final Queue<String> said = new ConcurrentLinkedQueue<>();

        Count count() {
            int answers = (int) ANSWER.matcher(String.join("", said)).results().count();
            return new Count(connections.get(), commands.get(), answers);
        }
    }

    private record Heard(Connection connection, Counted counted) implements Connection {
        @Override
        public Running start(String command) throws IOException {
            counted.commands.incrementAndGet();
            Running running = connection.start(command);
            return new Overheard(running, listening(running.output(), counted.said));
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private static InputStream listening(InputStream stream, Queue<String> said) {
        return new FilterInputStream(stream) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int count = super.read(bytes, from, length);
                if (count > 0) {
                    said.add(new String(bytes, from, count, StandardCharsets.ISO_8859_1));
                }
                return count;
            }
        };
    }

    private record Overheard(Running running, InputStream output) implements Running {
        @Override
        public OutputStream input() {
            return running.input();
        }

        @Override
        public String complaints() {
            return running.complaints();
        }

        @Override
        public void close() {
            running.close();
        }
    }
}
