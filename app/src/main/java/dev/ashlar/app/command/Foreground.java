package dev.ashlar.app.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One program that a person uses through this process, with its terminal. It does not outlive this
/// process: what ends that, short of SIGKILL, ends the program first, and leaves it a moment to
/// give the terminal back.
final class Foreground {
    private static final long PATIENCE_S = 2;

    private final Thread hook = Thread.ofPlatform().unstarted(this::end);
    private Optional<Process> begun = Optional.empty();

    int run(ProcessBuilder program) throws IOException, InterruptedException {
        return code(start(program));
    }

    /// Nothing is begun that a signal meanwhile would leave behind: its end waits for this.
    synchronized Process start(ProcessBuilder program) throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
        Process process = program.start();
        begun = Optional.of(process);
        return process;
    }

    /// Waits for its end. Does not return where this process has been told to end: what it ends
    /// with is then not the program's to say.
    int code(Process process) throws InterruptedException {
        int code = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            new CountDownLatch(1).await();
        }
        return code;
    }

    private synchronized void end() {
        begun.ifPresent(process -> {
            process.destroy();
            process.onExit()
                    .completeOnTimeout(process, PATIENCE_S, TimeUnit.SECONDS)
                    .join()
                    .destroyForcibly();
        });
    }
}
