package dev.ashlar.providers.lab;

import dev.ashlar.model.node.Provider;
import dev.ashlar.model.text.Plain;
import dev.ashlar.model.work.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/// A program of the host with its arguments, run within a bound. Never passes through a shell's
/// parser. Immutable.
record Command(List<String> words, Duration bound, SequencedMap<String, String> environment) {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final int LAST_LINES = 10;

    /// In the environment of everything that the lab starts.
    static final String MARK = "ASHLAR_LAB_COMMAND";

    /// The most that is kept of a program's output; what goes beyond is read and dropped.
    private static final int KEPT_CHARACTERS = 4_000_000;

    /// Where administrators' programs live; a plain user's PATH leaves them out.
    static final List<String> FOLDERS =
            List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin");

    Command {
        words = List.copyOf(words);
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }

    static Command of(String... words) {
        return of(List.of(words));
    }

    static Command of(List<String> words) {
        return new Command(words, SHORT, new LinkedHashMap<>());
    }

    Command within(Duration limit) {
        return new Command(words, limit, environment);
    }

    Command with(Map<String, String> more) {
        SequencedMap<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new Command(words, bound, all);
    }

    /// What a program printed, standard error included, and its exit code.
    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /// Runs it and takes any exit code but 0 for a fault.
    String run() throws LabFault {
        Outcome outcome = attempt();
        if (!outcome.succeeded()) {
            throw new LabFault(failed(outcome));
        }
        return outcome.output();
    }

    /// Runs it, whatever its exit code.
    Outcome attempt() throws LabFault {
        try {
            return await(prepared().redirectErrorStream(true).start());
        } catch (IOException e) {
            throw LabFault.site(
                    "command", "cannot run " + words.getFirst() + ": " + e.getMessage());
        }
    }

    /// The process as it will be started: no standard input, C locale, a full PATH.
    ProcessBuilder prepared() {
        ProcessBuilder builder = new ProcessBuilder(words);
        Map<String, String> env = builder.environment();
        env.put("PATH", String.join(":", FOLDERS));
        env.put(MARK, "yes");
        env.put("LC_ALL", "C");
        env.put("DEBIAN_FRONTEND", "noninteractive");
        env.putAll(environment);
        return builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    }

    private Outcome await(Process process) throws LabFault {
        StringBuilder output = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> collect(process.getInputStream(), output));
        try {
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                throw new LabFault(timedOut());
            }
            reader.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw LabFault.site(Provider.INTERRUPTED, "interrupted while running " + this);
        }
        synchronized (output) {
            return new Outcome(process.exitValue(), output.toString());
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void collect(InputStream from, StringBuilder into) {
        byte[] buffer = new byte[8192];
        try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                synchronized (into) {
                    if (into.length() < KEPT_CHARACTERS) {
                        into.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException e) {
            // The process was ended under the reader; what was read until then stands.
        }
    }

    private Failure failed(Outcome outcome) {
        List<String> lines = lastLines(outcome.output());
        String said = lines.isEmpty() ? "" : ": " + lines.getLast();
        return Failure.passing(
                        "command",
                        Failure.Fault.SITE,
                        words.getFirst() + " exited with " + outcome.exitCode() + said)
                .withCommand(toString(), outcome.exitCode(), lines);
    }

    private Failure timedOut() {
        return Failure.passing(
                "timeout",
                Failure.Fault.SITE,
                this + " did not end within " + bound.toSeconds() + " s");
    }

    /// The last lines of a text, without control characters.
    static List<String> lastLines(String text) {
        List<String> lines =
                text.lines()
                        .map(line -> Plain.line(line).strip())
                        .filter(line -> !line.isEmpty())
                        .toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
