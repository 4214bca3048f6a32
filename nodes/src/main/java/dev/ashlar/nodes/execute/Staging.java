package dev.ashlar.nodes.execute;

import dev.ashlar.model.text.Plain;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.ShellChannel;
import dev.ashlar.nodes.channel.ShellText;
import dev.ashlar.nodes.resource.ResourceProgram;
import dev.ashlar.nodes.transport.Running;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Sends large contents to a node ahead of the program that uses them, but only those that differ
/// there. They travel as they are, over a command of their own.
final class Staging {
    private static final String LOST = "line-lost";

    private Staging() {}

    /// The failure, or empty when the node has all that the program needs. A line that is lost is
    /// opened once more: a node that cannot take the bytes closes its end, and sshd ends the whole
    /// connection when some are still on their way then.
    static Optional<Failure> send(Node node, ResourceProgram program) {
        if (program.large().isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Failure> failure = sendOnce(node, program);
            return failure.filter(why -> why.kind().equals(LOST)).isPresent()
                    ? sendOnce(node, program)
                    : failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Failure.passing("stopped", Fault.USER, "stopped while sending"));
        }
    }

    private static Optional<Failure> sendOnce(Node node, ResourceProgram program)
            throws InterruptedException {
        return switch (node.workable()) {
            case ShellChannel.Opening.Refused(Failure failure) -> Optional.of(failure);
            case ShellChannel.Opening.Opened(ShellChannel channel) -> send(channel, program);
        };
    }

    private static Optional<Failure> send(ShellChannel channel, ResourceProgram program)
            throws InterruptedException {
        Optional<Answer> answer;
        try {
            answer = channel.ask(request -> question(request, program)).answer().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        if (answer.isEmpty()) {
            return Optional.of(lost());
        }
        String folder = answer.get().text("folder");
        for (String digest : answer.get().text("missing").split("\\s+")) {
            ResourceProgram.Large large = program.large().get(digest);
            if (large != null) {
                Optional<Failure> failure = upload(channel, folder, digest, large);
                if (failure.isPresent()) {
                    return failure;
                }
            }
        }
        return Optional.empty();
    }

    /// Runs beside the shell, which must not wait for digests.
    private static String question(int request, ResourceProgram program) {
        StringBuilder text = new StringBuilder("( (\nmissing=\nmkdir -p \"$STATE/incoming\"\n");
        for (Map.Entry<String, ResourceProgram.Large> entry : program.large().entrySet()) {
            String path = ShellText.quoted(entry.getValue().path());
            text.append(
                    "[ \"$(sha256sum <" + path + " | cut -c 1-64)\" = " + entry.getKey() + " ] ||");
            text.append(" missing=\"$missing " + entry.getKey() + "\"\n");
        }
        text.append(
                "frame "
                        + request
                        + " end \"$(field folder \"$STATE/incoming\"; field missing \"$missing\")\"\n");
        return text.append(") & )\n").toString();
    }

    /// The bytes travel on a thread of their own, so that the caller can be interrupted.
    private static Optional<Failure> upload(
            ShellChannel channel, String folder, String digest, ResourceProgram.Large large)
            throws InterruptedException {
        String path = folder + "/" + digest;
        String command =
                "sh -c 'umask 077; cat >"
                        + path
                        + " && echo whole-"
                        + digest
                        + " || rm -f "
                        + path
                        + "'";
        try (Running running = channel.beside(command)) {
            CompletableFuture<String> said = new CompletableFuture<>();
            Thread.ofVirtual()
                    .name("upload-" + digest)
                    .start(() -> said.complete(transfer(running, large.bytes())));
            if (said.get().contains("whole-" + digest)) {
                return Optional.empty();
            }
            return Optional.of(
                    channel.isAlive()
                            ? Failures.refused(
                                    "sending "
                                            + large.path()
                                            + ": "
                                            + Plain.line(running.complaints()).strip())
                            : lost());
        } catch (IOException e) {
            return Optional.of(lost());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// A node that can't take the bytes closes its end before all are sent and says why.
    private static String transfer(Running running, byte[] bytes) {
        try (OutputStream input = running.input()) {
            input.write(bytes);
        } catch (IOException closedEarly) {
            // What it said tells more than the broken pipe.
        }
        try {
            return new String(running.output().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException lost) {
            return "";
        }
    }

    private static Failure lost() {
        return Failure.passing(LOST, Fault.NODE, "the line was lost while a file was sent");
    }
}
