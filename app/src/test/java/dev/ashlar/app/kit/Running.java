package dev.ashlar.app.kit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A process of the test's own that runs. What it says is kept as it comes; every wait is bounded.
public final class Running implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(5);

    private final List<String> command;
    private final Process process;
    private final Collected out;
    private final Collected err;
    private final long beganNanos = System.nanoTime();

    private Running(List<String> command, Process process) {
        this.command = List.copyOf(command);
        this.process = process;
        this.out = Collected.of(process.getInputStream());
        this.err = Collected.of(process.getErrorStream());
    }

    /// Starts a command. Its standard input is the given bytes and then the end.
    ///
    /// @param environment added to the test's own
    public static Running start(
            Path folder, Map<String, String> environment, byte[] input, List<String> command) {
        // Whoever starts the tests in the background hands ignored signals down; a person at a
        // terminal does not.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,QUIT"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ASHLAR_"));
        builder.environment().keySet().removeAll(List.of("CI", "NO_COLOR"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Thread.startVirtualThread(() -> feed(process, input));
            return new Running(command, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void feed(Process process, byte[] input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // It ended without reading all of it, which is its right.
        }
    }

    /// The process's own number; the launcher becomes the program, so this is the program's.
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// What it has said so far on standard error.
    public String err() {
        return err.text();
    }

    /// What it has said so far on standard output.
    public String out() {
        return out.text();
    }

    /// Waits until standard error has a line in which the pattern is found.
    public void awaitErr(String pattern, Duration within) {
        Pattern wanted = Pattern.compile(pattern, Pattern.MULTILINE);
        awaitErr(text -> wanted.matcher(text).find(), pattern, within);
    }

    /// Waits until standard error, as far as it has come, is as wanted; fails when the process ends
    /// before.
    public void awaitErr(Predicate<String> wanted, String what, Duration within) {
        await(what)
                .atMost(within)
                .pollInterval(POLL)
                .failFast(
                        what + " does not come: the process has ended",
                        () -> !isAlive() && !wanted.test(err.whole()))
                .until(() -> wanted.test(err.text()));
    }

    /// Sends a signal, by its name without SIG.
    public void signal(String name) {
        Running.start(Path.of("/"), Map.of(), new byte[0], List.of("kill", "-" + name, "" + pid()))
                .finish(Duration.ofSeconds(10))
                .expect(0);
    }

    /// Interrupts it with all that it has started, as Ctrl-C at a terminal does.
    public void interruptAll() {
        List<String> words = new ArrayList<>(List.of("kill", "-INT"));
        process.descendants().forEach(each -> words.add("" + each.pid()));
        words.add("" + pid());
        // Some of them may have ended meanwhile.
        Running.start(Path.of("/"), Map.of(), new byte[0], words).finish(Duration.ofSeconds(10));
    }

    /// Kills it as the kernel kills.
    public void kill() {
        process.destroyForcibly();
    }

    /// Waits for its end, within a bound: after that it is killed, and the test fails.
    public Finished finish(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                process.waitFor();
                throw new AssertionError("did not end within %s: %s".formatted(within, finished()));
            }
            return finished();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Finished finished() {
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        return new Finished(command, process.exitValue(), out.whole(), err.whole(), tookMs);
    }

    @Override
    public void close() {
        kill();
    }

    /// A stream as it comes.
    private static final class Collected {
        private static final Duration AFTER_END = Duration.ofSeconds(5);

        private final StringBuilder text = new StringBuilder();
        private final Thread reader;

        private Collected(InputStream stream) {
            // Not a virtual one: a read of a pipe may hold its carrier for as long as it waits.
            reader = Thread.ofPlatform().daemon().unstarted(() -> read(stream));
        }

        static Collected of(InputStream stream) {
            Collected collected = new Collected(stream);
            collected.reader.start();
            return collected;
        }

        private void read(InputStream stream) {
            byte[] buffer = new byte[65_536];
            try (stream) {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    String part = new String(buffer, 0, n, StandardCharsets.UTF_8);
                    synchronized (text) {
                        text.append(part);
                    }
                }
            } catch (IOException e) {
                // The process was killed; what it said before stands.
            }
        }

        String text() {
            synchronized (text) {
                return text.toString();
            }
        }

        /// Everything, when the process has ended: a child of it may hold the stream a little
        /// longer.
        String whole() {
            try {
                reader.join(AFTER_END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return text();
        }
    }
}
