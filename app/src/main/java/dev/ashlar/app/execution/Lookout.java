package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.cluster.Settled;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.transport.Transport;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// Reads the record while the files are still being read, and asks one of the nodes on it whether
/// that is the latest: a command that then finds nothing to do has not waited for either. Once it
/// is closed it reads nothing of the state any more.
public final class Lookout implements AutoCloseable {
    private final CompletableFuture<Recorded> recorded = new CompletableFuture<>();
    private final CompletableFuture<ClaimCheck.Found> found = new CompletableFuture<>();

    /// Who hears what there is to be told, from when somebody waits.
    private final CompletableFuture<Consumer<String>> listener = new CompletableFuture<>();

    private final Thread thread;

    private Lookout(Path folder, Transport transport) {
        thread =
                Thread.ofPlatform()
                        .name("lookout")
                        .daemon()
                        .unstarted(() -> {
                            try {
                                look(folder, transport);
                            } catch (RuntimeException | Error e) {
                                recorded.completeExceptionally(e);
                                found.completeExceptionally(e);
                            }
                        });
    }

    /// Begins at once, beside the caller.
    public static Lookout begin(Path folder, Transport transport) {
        Lookout lookout = new Lookout(folder, transport);
        lookout.thread.start();
        return lookout;
    }

    private void look(Path folder, Transport transport) {
        Recorded record = Recorded.read(folder);
        recorded.complete(record);
        Optional<SqliteJournal> journal = record.state().flatMap(SqliteJournal::openToRead);
        if (journal.isEmpty() || record.past().runs().isEmpty()) {
            found.complete(ClaimCheck.Found.NOTHING);
            return;
        }
        ask(
                record.past().runs().getLast().start().cluster(),
                record.state().get(),
                journal.get(),
                transport,
                Machines.of(record.past(), List.of()).pinned(),
                this::tell,
                found);
    }

    /// @param found completed before the connections are closed: nobody waits for that
    private static void ask(
            String cluster,
            StateFolder state,
            SqliteJournal journal,
            Transport transport,
            Machines machines,
            Consumer<String> progress,
            CompletableFuture<ClaimCheck.Found> found) {
        StateMandate mandate = new StateMandate(cluster, state, journal);
        try (journal;
                NodeExecutor nodes =
                        Workshop.nodes(transport, machines, mandate, () -> Redaction.NONE)) {
            complete(
                    found,
                    new ClaimCheck(nodes, mandate, progress),
                    new TreeSet<>(machines.names()));
        }
    }

    private static void complete(
            CompletableFuture<ClaimCheck.Found> found, ClaimCheck check, Collection<String> names) {
        try {
            found.complete(check.askOne(names));
        } catch (InterruptedException | RuntimeException e) {
            found.completeExceptionally(e);
        }
    }

    private void tell(String line) {
        var _ = listener.thenAccept(told -> told.accept(line));
    }

    /// What is on record.
    ///
    /// @throws dev.ashlar.store.StoreException when the state is damaged or the disk refuses
    public Recorded recorded() {
        return joined(recorded);
    }

    /// What the node had to say.
    ///
    /// @param progress told, where it has to be waited for, who has not answered yet
    public ClaimCheck.Found found(Consumer<String> progress) {
        if (!found.isDone()) {
            listener.complete(progress);
        }
        return joined(found);
    }

    /// The same where nobody answered by the ways on record: by those in the files.
    public static ClaimCheck.Found ask(
            Cluster cluster, Transport transport, Consumer<String> progress) {
        return cluster.state()
                .map(state ->
                        ask(
                                cluster.composition().name(),
                                state,
                                transport,
                                machines(cluster),
                                progress))
                .orElse(ClaimCheck.Found.NOTHING);
    }

    /// The same by ways that are known.
    public static ClaimCheck.Found ask(
            Settled settled, StateFolder state, Transport transport, Consumer<String> progress) {
        return ask(settled.cluster(), state, transport, Machines.of(settled.ways()), progress);
    }

    private static Machines machines(Cluster cluster) {
        return Machines.of(cluster.past(), cluster.composition().providers().values());
    }

    /// The ways to those that would be asked; empty where the files have another key to one than
    /// the record, so that it might answer by either.
    public static Optional<List<NodeAccess>> ways(Cluster cluster) {
        List<NodeAccess> ways = ways(machines(cluster));
        boolean isOnRecord = ways.equals(ways(Machines.of(cluster.past(), List.of())));
        return isOnRecord ? Optional.of(ways) : Optional.empty();
    }

    private static List<NodeAccess> ways(Machines machines) {
        return new TreeSet<>(machines.names())
                .stream()
                        .limit(ClaimCheck.MOST_ASKED)
                        .flatMap(name -> machines.access(name).stream())
                        .filter(access -> machines.objection(access).isEmpty())
                        .toList();
    }

    private static ClaimCheck.Found ask(
            String cluster,
            StateFolder state,
            Transport transport,
            Machines machines,
            Consumer<String> progress) {
        Optional<SqliteJournal> journal = SqliteJournal.openToRead(state);
        if (journal.isEmpty()) {
            return ClaimCheck.Found.NOTHING;
        }
        CompletableFuture<ClaimCheck.Found> answer = new CompletableFuture<>();
        ask(cluster, state, journal.get(), transport, machines, progress, answer);
        return joined(answer);
    }

    /// A node that has not answered is not waited for; a reading that has begun is.
    @Override
    public void close() {
        thread.interrupt();
        found.handle((_, _) -> true).join();
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException why ? why : e;
        }
    }
}
