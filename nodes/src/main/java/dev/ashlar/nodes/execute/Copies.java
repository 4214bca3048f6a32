package dev.ashlar.nodes.execute;

import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.channel.ClaimText;
import dev.ashlar.nodes.channel.ShellChannel;
import dev.ashlar.nodes.channel.ShellText;
import dev.ashlar.nodes.transport.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/// The files that a node carries for the state it answers to: root's alone, below the folder that
/// [dev.ashlar.nodes.channel.Layout] names. Safe for use by many threads.
public final class Copies {
    /// What no shell minds.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /// No piece is larger, and a node may send anything: then it is as if it did not answer.
    private static final int MOST_BYTES = 64 << 20;

    private final Node node;
    private final Claiming claiming;
    private final String folder;

    Copies(Node node, Claiming claiming, String folder) {
        this.node = node;
        this.claiming = claiming;
        this.folder = folder;
    }

    /// The names of the files; empty when the node does not answer.
    public Optional<List<String>> names() {
        return asked("ls -A " + folder + " 2>/dev/null || :")
                .map(bytes ->
                        new String(bytes, StandardCharsets.UTF_8)
                                .lines()
                                .filter(NAME.asMatchPredicate())
                                .toList());
    }

    /// The bytes of a file; empty when the node does not answer.
    public Optional<byte[]> read(String name) {
        return asked("cat " + folder + "/" + named(name));
    }

    /// Adds files and removes others, each whole or not at all, where the node still answers to the
    /// mandate.
    public Optional<Failure> change(SequencedMap<String, byte[]> added, List<String> dropped) {
        for (Map.Entry<String, byte[]> file : added.entrySet()) {
            String name = named(file.getKey());
            Optional<Failure> failure =
                    claiming.asked(node, request -> ClaimText.keep(request, name, file.getValue()));
            if (failure.isPresent()) {
                return failure;
            }
        }
        List<String> names = dropped.stream().map(Copies::named).toList();
        return names.isEmpty()
                ? Optional.empty()
                : claiming.asked(node, request -> ClaimText.drop(request, names));
    }

    private static String named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("can't name a file: " + name);
        }
        return name;
    }

    private Optional<byte[]> asked(String command) {
        try {
            return node.channel() instanceof ShellChannel.Opening.Opened(ShellChannel channel)
                    ? over(channel, command)
                    : Optional.empty();
        } catch (InterruptedException e) {
            return Optional.empty();
        }
    }

    /// The bytes travel on a thread of their own, so that the caller can be interrupted.
    private static Optional<byte[]> over(ShellChannel channel, String command)
            throws InterruptedException {
        try (Running running = channel.beside("sh -c " + ShellText.quoted(command))) {
            CompletableFuture<Optional<byte[]>> said = new CompletableFuture<>();
            Thread.ofVirtual().name("copy").start(() -> said.complete(output(running)));
            return said.get();
        } catch (IOException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Optional<byte[]> output(Running running) {
        try {
            byte[] said = running.output().readNBytes(MOST_BYTES + 1);
            return Optional.of(said).filter(bytes -> bytes.length <= MOST_BYTES);
        } catch (IOException lost) {
            return Optional.empty();
        }
    }
}
