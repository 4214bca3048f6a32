package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.store.Requests.Request;
import dev.ashlar.store.codec.MalformedException;
import dev.ashlar.store.codec.RecordCodec;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.sqlite.SqliteRequests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts on record what a person makes of the machine of a node: at once where nobody acts on the
/// cluster, else by the one who does, who goes by it from then on.
public final class Ruling {
    /// The kind of such requests.
    private static final String KIND = "judge";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private Ruling() {}

    /// How a verdict came on record.
    public enum Entered {
        /// By this process.
        HERE,
        /// By the one that acts on the cluster.
        BY_ANOTHER,
        /// Not at all: the one that acts did not take it.
        NOT
    }

    /// Durable when it returns, but for [Entered#NOT].
    ///
    /// @param folder the cluster's
    /// @throws dev.ashlar.store.StoreException when the state is damaged or the disk refuses
    public static Entered enter(Path folder, Judged verdict) throws InterruptedException {
        StateFolder state = StateFolder.open(folder);
        long number = 0;
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            if (Acting.take(folder) instanceof Acting.Attempt.Granted(Acting acting)) {
                try (acting) {
                    if (acting.past().verdicts().all().contains(verdict)) {
                        return Entered.BY_ANOTHER;
                    }
                    acting.journal().append(List.of(verdict));
                    return Entered.HERE;
                }
            }
            if (number == 0) {
                number = ask(state, verdict);
            }
            if (isOnRecord(state, verdict)) {
                return Entered.BY_ANOTHER;
            }
            Thread.sleep(LOOK_EVERY);
        }
        return Entered.NOT;
    }

    private static long ask(StateFolder state, Judged verdict) {
        try (SqliteRequests requests = SqliteRequests.open(state)) {
            return requests.append(KIND, RecordCodec.encode(verdict));
        }
    }

    private static boolean isOnRecord(StateFolder state, Judged verdict) {
        List<Judged> last = new ArrayList<>();
        try (SqliteJournal journal = SqliteJournal.openToRead(state).orElseThrow()) {
            journal.readAfter(
                    journal.checkpoint().map(kept -> kept.records()).orElse(0L),
                    (_, entry) -> {
                        if (entry instanceof Judged judged) {
                            last.add(judged);
                        }
                    });
        }
        return last.contains(verdict);
    }

    /// The verdict that a request asks to be entered; empty where it asks for something else.
    static Optional<Judged> of(Request request) {
        try {
            return request.kind().equals(KIND)
                            && RecordCodec.decode(request.argument()) instanceof Judged verdict
                    ? Optional.of(verdict)
                    : Optional.empty();
        } catch (MalformedException _) {
            // A later version may ask for what this one has no word for.
            return Optional.empty();
        }
    }
}
