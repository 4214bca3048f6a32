package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.store.Requests;
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
    /// A request that nobody has taken up.
    private static final String ASKED = "judge";

    /// One that who acts has taken up: it is entered, and nobody takes that back.
    private static final String TAKEN = "judge-taken";

    /// One that who made it does not make any more.
    private static final String WITHDRAWN = "judge-withdrawn";

    /// One that who acts has taken up, and that did not count any more.
    private static final String OVERTAKEN = "judge-overtaken";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private Ruling() {}

    /// How a verdict came on record.
    public enum Entered {
        /// By this process.
        HERE,
        /// By the one that acts on the cluster.
        BY_ANOTHER,
        /// Not at all: the one that acts does not listen.
        NOT,
        /// Not at all: by what is on record by now it does not count ([Verdicts#admits]).
        OVERTAKEN
    }

    /// Durable when it returns, where it was entered.
    ///
    /// @param folder the cluster's
    /// @throws dev.ashlar.store.StoreException when the state is damaged or the disk refuses
    public static Entered enter(Path folder, Judged verdict) throws InterruptedException {
        StateFolder state = StateFolder.open(folder);
        long before = newest(state);
        Optional<Entered> at = attempt(folder, state, verdict, before);
        if (at.isPresent()) {
            return at.get();
        }
        long number = ask(state, verdict);
        at = await(folder, state, verdict, before, number);
        if (at.isEmpty() && !isWithdrawn(state, number)) {
            // It was taken up in the last moment.
            at = await(folder, state, verdict, before, number);
        }
        return at.orElse(Entered.NOT);
    }

    private static Optional<Entered> await(
            Path folder, StateFolder state, Judged verdict, long before, long number)
            throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        Optional<Entered> at = attempt(folder, state, verdict, before);
        while (at.isEmpty() && System.nanoTime() < until) {
            if (isOvertaken(state, number)) {
                return Optional.of(Entered.OVERTAKEN);
            }
            Thread.sleep(LOOK_EVERY);
            at = attempt(folder, state, verdict, before);
        }
        return at;
    }

    /// Enters it where nobody acts, unless it is there already.
    private static Optional<Entered> attempt(
            Path folder, StateFolder state, Judged verdict, long before) {
        if (isOnRecord(state, verdict, before)) {
            return Optional.of(Entered.BY_ANOTHER);
        }
        if (Acting.take(folder) instanceof Acting.Attempt.Granted(Acting acting)) {
            try (acting) {
                // Whoever acted may have entered it after the look.
                if (acting.past().verdicts().all().contains(verdict)) {
                    return Optional.of(Entered.BY_ANOTHER);
                }
                if (!acting.past().verdicts().admits(verdict)) {
                    return Optional.of(Entered.OVERTAKEN);
                }
                acting.journal().append(List.of(verdict));
                return Optional.of(Entered.HERE);
            }
        }
        return Optional.empty();
    }

    private static long ask(StateFolder state, Judged verdict) {
        try (SqliteRequests requests = SqliteRequests.open(state)) {
            return requests.append(ASKED, RecordCodec.encode(verdict));
        }
    }

    private static boolean isWithdrawn(StateFolder state, long number) {
        try (SqliteRequests requests = SqliteRequests.open(state)) {
            return requests.turn(number, ASKED, WITHDRAWN);
        }
    }

    private static boolean isOvertaken(StateFolder state, long number) {
        try (SqliteRequests requests = SqliteRequests.open(state)) {
            return requests.after(number - 1).stream()
                    .filter(request -> request.number() == number)
                    .anyMatch(request -> request.kind().equals(OVERTAKEN));
        }
    }

    private static long newest(StateFolder state) {
        return SqliteJournal.openToRead(state)
                .map(journal -> {
                    try (journal) {
                        return journal.newest().number();
                    }
                })
                .orElse(0L);
    }

    private static boolean isOnRecord(StateFolder state, Judged verdict, long before) {
        Optional<SqliteJournal> journal = SqliteJournal.openToRead(state);
        if (journal.isEmpty()) {
            return false;
        }
        List<Judged> since = new ArrayList<>();
        try (SqliteJournal open = journal.get()) {
            open.readAfter(
                    before,
                    (_, entry) -> {
                        if (entry instanceof Judged judged) {
                            since.add(judged);
                        }
                    });
        }
        return since.contains(verdict);
    }

    /// Takes up what a request asks to be entered, which nobody can withdraw from then on; empty
    /// where it asks for something else, or not any more.
    static Optional<Judged> takeUp(Request request, Requests requests) {
        try {
            return request.kind().equals(ASKED)
                            && RecordCodec.decode(request.argument()) instanceof Judged verdict
                            && requests.turn(request.number(), ASKED, TAKEN)
                    ? Optional.of(verdict)
                    : Optional.empty();
        } catch (MalformedException _) {
            // A later version may ask for what this one has no word for.
            return Optional.empty();
        }
    }

    /// Tells who has asked that what was taken up does not count any more, and is not entered.
    static void overtake(Request request, Requests requests) {
        requests.turn(request.number(), TAKEN, OVERTAKEN);
    }
}
