package dev.ashlar.app.trial;

import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Founded;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The controller ends at each record that is new, on one way from nothing to a whole cluster and
/// back: after it is durable, and, where it says that something has succeeded, once before. All
/// lines to the nodes are lost then: what runs there ends in its middle, or goes on where it is a
/// step that does, and its end is on no record.
final class Cut {
    private static final int CUTS_PER_INSTANCE = 12;

    private final Stand stand;
    private Optional<Snapshot> cut = Optional.empty();

    private Cut(Stand stand) {
        this.stand = stand;
    }

    static List<Stage> stages(Stand stand) {
        Cut suite = new Cut(stand);
        return List.of(
                new Stage("up, cut at each record", suite::building),
                new Stage(Stand.AT_REST, stand::restless),
                new Stage("down, cut at each record", suite::takingBack),
                new Stage("up without a cut comes to the same", suite::uncut));
    }

    private List<Finding> building() throws InterruptedException {
        List<Finding> found = toItsEnd("up", stand::up);
        cut = Optional.of(Snapshot.of(stand.past(), stand.graph().instances()));
        return found;
    }

    private List<Finding> takingBack() throws InterruptedException {
        List<Finding> found = toItsEnd("down", stand::down);
        return found.isEmpty() ? stand.leftBehind() : found;
    }

    private List<Finding> uncut() throws InterruptedException {
        List<Finding> found = Finding.unlessDone("up", stand.up(Trouble.NONE));
        return found.isEmpty()
                ? Snapshot.of(stand.past(), stand.graph().instances())
                        .differencesFrom(cut.orElseThrow())
                : found;
    }

    private interface Run {
        Ran through(Trouble trouble) throws InterruptedException;
    }

    private List<Finding> toItsEnd(String verb, Run run) throws InterruptedException {
        Cuts cuts = new Cuts();
        int most = CUTS_PER_INSTANCE * (1 + stand.graph().instances().size());
        for (int i = 0; i < most; i++) {
            String before = cuts.last;
            Ran ran = run.through(Trouble.of((real, die) -> new Cutting(real, die, cuts)));
            if (!ran.isCut() || !ran.failures().isEmpty()) {
                return Finding.unlessDone(
                        before.isEmpty() ? verb : verb + " after the controller ended " + before,
                        ran);
            }
            stand.say("cut " + cuts.last);
        }
        return List.of(
                Finding.of("%s has not come to its end after %d cuts".formatted(verb, most)));
    }

    /// Where the controller has ended so far.
    private static final class Cuts {
        private final Set<String> before = new HashSet<>();
        private final Set<String> after = new HashSet<>();
        private String last = "";

        /// How many of these records become durable before the controller ends; empty where it does
        /// not. What fails is not hidden by a cut.
        Optional<Integer> durable(List<JournalRecord> records) {
            if (records.stream().anyMatch(Failed.class::isInstance)) {
                return Optional.empty();
            }
            for (int i = 0; i < records.size(); i++) {
                JournalRecord entry = records.get(i);
                String words = words(entry);
                if (entry instanceof Succeeded && before.add(words)) {
                    last = "before its record that " + words;
                    return Optional.of(i);
                }
                if (!words.isEmpty() && after.add(name(entry))) {
                    last = "after its record that " + words;
                    return Optional.of(i + 1);
                }
            }
            return Optional.empty();
        }

        /// The same for a record that says in a later run what one has said before.
        private static String name(JournalRecord entry) {
            return entry instanceof Intended intended ? intended.intent() : words(entry);
        }

        /// What a record says; empty for those that every run has.
        private static String words(JournalRecord entry) {
            return switch (entry) {
                case Intended r -> "%s is to be %s".formatted(r.key(), word(r.effect()));
                case Succeeded r -> "%s has been %s".formatted(r.key(), word(r.effect()));
                case Founded r -> r.use() + " is founded on " + String.join(", ", r.nodes());
                case Failed _,
                        RunStarted _,
                        RunEnded _,
                        Judged _,
                        VaultChanged _,
                        AuthorityOrdered _ ->
                        "";
            };
        }

        private static String word(JournalRecord.Effect effect) {
            return switch (effect) {
                case DO -> "done";
                case UNDO -> "taken back";
            };
        }
    }

    /// Ends the controller where the cuts say so.
    private record Cutting(Journal real, Runnable die, Cuts cuts) implements Journal {
        @Override
        public void append(List<JournalRecord> records) {
            Optional<Integer> durable = cuts.durable(records);
            List<JournalRecord> kept = records.subList(0, durable.orElse(records.size()));
            if (!kept.isEmpty()) {
                real.append(kept);
            }
            if (durable.isPresent()) {
                die.run();
                throw new CutShort(cuts.last);
            }
        }

        @Override
        public void readAfter(long number, Numbered reader) {
            real.readAfter(number, reader);
        }

        @Override
        public void keepLog(String intent, String log) {
            real.keepLog(intent, log);
        }

        @Override
        public Optional<String> log(String intent) {
            return real.log(intent);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
