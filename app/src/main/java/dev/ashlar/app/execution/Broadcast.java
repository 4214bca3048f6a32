package dev.ashlar.app.execution;

import dev.ashlar.app.terminal.Waiting;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.execute.CommandResult;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.execute.RemoteCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/// Runs one command on many nodes, at most so many at once, under the eyes of a person: Ctrl-C ends
/// it where it runs and begins it nowhere else; once more, and this process ends at once, upon
/// which each node does the same by itself.
public final class Broadcast {
    private final NodeExecutor nodes;
    private final RemoteCommand command;
    private final int parallel;
    private final int interrupted;

    /// @param interrupted the exit code of a process that was interrupted twice
    public Broadcast(NodeExecutor nodes, RemoteCommand command, int parallel, int interrupted) {
        this.nodes = nodes;
        this.command = command;
        this.parallel = parallel;
        this.interrupted = interrupted;
    }

    /// What it came to on each, in the order that is asked for.
    public SequencedMap<String, CommandResult> to(List<String> names, Waiting waiting) {
        SequencedMap<String, Future<CommandResult>> begun = new LinkedHashMap<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(parallel, Thread.ofVirtual().factory());
        Runnable stop = stop(waiting, threads);
        Object before = Signals.register("INT", stop);
        Object beforeTerm = Signals.register("TERM", stop);
        try (threads) {
            for (String name : names) {
                begun.put(name, threads.submit(() -> on(name, waiting)));
            }
        } catch (RejectedExecutionException _) {
            // Stopped before all were in line.
        } finally {
            Signals.unregister("INT", before);
            Signals.unregister("TERM", beforeTerm);
        }
        SequencedMap<String, CommandResult> results = new LinkedHashMap<>();
        names.forEach(name -> results.put(name, result(Optional.ofNullable(begun.get(name)))));
        return results;
    }

    private CommandResult on(String name, Waiting waiting) {
        CommandResult result = nodes.run(name, command);
        waiting.isDone(name);
        return result;
    }

    private Runnable stop(Waiting waiting, ExecutorService threads) {
        AtomicBoolean stopped = new AtomicBoolean();
        return () -> {
            if (stopped.getAndSet(true)) {
                System.exit(interrupted);
            }
            waiting.say("ending the command on the nodes; once more leaves that to them");
            threads.shutdownNow();
        };
    }

    /// All that was begun has ended.
    private static CommandResult result(Optional<Future<CommandResult>> begun) {
        Optional<Future<CommandResult>> ended = begun.filter(Future::isDone);
        if (ended.isEmpty()) {
            return CommandResult.without(Failure.stop());
        }
        try {
            return ended.get().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("a command on a node died", e);
        }
    }
}
