package dev.ashlar.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs commands one at a time and says what each took. The processor's time comes from
/// `getrusage(RUSAGE_CHILDREN)` of the C library. Confined to one thread.
@SuppressWarnings("restricted")
final class Stopwatch {
    private static final int CHILDREN = -1;
    private static final long RUSAGE_BYTES = 144;
    private static final double MICROS = 1e6;
    private static final int LOOK_MS = 20;

    private final MethodHandle getrusage =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("getrusage"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS));
    private final Path log;

    /// @param log what the last command printed
    Stopwatch(Path log) {
        this.log = log;
    }

    /// Runs a command to its end.
    ///
    /// @throws IllegalStateException when it does not end with exit code 0, with its last words
    Sample time(List<String> command, Path folder, Map<String, String> environment)
            throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            double before = cpuSeconds();
            long began = System.nanoTime();
            Process process = builder.start();
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            long peakKib = 0;
            while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                peakKib = Math.max(peakKib, peakKib(status));
            }
            int code = process.exitValue();
            double wall = (System.nanoTime() - began) / 1e9;
            if (code != 0) {
                throw new IllegalStateException(
                        String.join(" ", command)
                                + " ended with exit code "
                                + code
                                + ":\n"
                                + Files.readString(log));
            }
            return new Sample(wall, cpuSeconds() - before, peakKib >> 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long peakKib(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException _) {
            return 0; // it has just ended
        }
    }

    /// What the last command printed.
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// User and system time: two pairs of seconds and microseconds.
    private double cpuSeconds() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(RUSAGE_BYTES, Long.BYTES);
            int code = (int) getrusage.invokeExact(CHILDREN, usage);
            if (code != 0) {
                throw new IllegalStateException("getrusage: " + code);
            }
            return part(usage, 0) + part(usage, 2) + (part(usage, 1) + part(usage, 3)) / MICROS;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static double part(MemorySegment usage, int index) {
        return usage.getAtIndex(ValueLayout.JAVA_LONG, index);
    }
}
