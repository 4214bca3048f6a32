package dev.ashlar.nodes.transport;

import dev.ashlar.model.node.NodeAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Runs commands on this host, in a shell of choice: for the controller itself, and for tests of
/// everything that does not need another machine.
///
/// @param shell command that starts the shell, its words separated by single spaces
/// @param environment set for every command
public record LocalTransport(String shell, Map<String, String> environment) implements Transport {

    public LocalTransport {
        environment = Map.copyOf(environment);
    }

    @Override
    public Opening open(NodeAccess access) {
        return new Opening.Opened(new LocalConnection(this));
    }

    private static final class LocalConnection implements Connection {
        private final LocalTransport transport;
        private final java.util.Set<Child> children = ConcurrentHashMap.newKeySet();

        LocalConnection(LocalTransport transport) {
            this.transport = transport;
        }

        @Override
        public Running start(String command) throws IOException {
            List<String> words = new java.util.ArrayList<>(List.of(transport.shell.split(" ")));
            words.add("-c");
            words.add(command);
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment().putAll(transport.environment);
            Child child = new Child(builder.start());
            children.add(child);
            return child;
        }

        @Override
        public void close() {
            children.forEach(Child::close);
        }
    }

    private record Child(Process process, Complaints errors) implements Running {
        Child(Process process) {
            this(process, new Complaints());
            Thread.startVirtualThread(() -> {
                try (InputStream stream = process.getErrorStream()) {
                    stream.transferTo(errors);
                } catch (IOException closed) {
                    // The process was ended: there is no more to keep.
                }
            });
        }

        @Override
        public OutputStream input() {
            return process.getOutputStream();
        }

        @Override
        public InputStream output() {
            return process.getInputStream();
        }

        @Override
        public String complaints() {
            return errors.text();
        }

        /// Cuts the line as a lost connection would: the process sees the end of its input and
        /// nobody listening, but is not signalled.
        @Override
        public void close() {
            try {
                process.getOutputStream().close();
            } catch (IOException alreadyGone) {
                // It ended first.
            }
        }
    }
}
