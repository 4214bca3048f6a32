package dev.ashlar.app.trial;

import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Founded;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The controller ends at each record that is new, on one way from nothing to a whole cluster and
/// back: after it is durable, and, where it says that something has succeeded, once before. What
/// else runs at that moment is ended on its node, in the middle of whatever it does, and its end is
/// on no record.
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
            Ran ran = run.through(Trouble.of(cuts::in));
            if (!ran.isCut()) {
                return Finding.unlessDone(verb + " after a cut " + cuts.last, ran);
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

        Journal in(Journal real) {
            return new Cutting(real, this);
        }

        /// How many of these records become durable before the controller ends; empty where it does
        /// not.
        Optional<Integer> durable(List<JournalRecord> records) {
            for (int i = 0; i < records.size(); i++) {
                Optional<String> name = name(records.get(i));
                boolean isSuccess = records.get(i) instanceof Succeeded;
                if (name.isPresent() && isSuccess && before.add(name.get())) {
                    last = "before the record that " + name.get();
                    return Optional.of(i);
                }
                if (name.isPresent() && after.add(name.get())) {
                    last = "after the record that " + name.get();
                    return Optional.of(i + 1);
                }
            }
            return Optional.empty();
        }

        /// What a record says, the same for one that says it again in a later run; empty for those
        /// that every run has.
        private static Optional<String> name(JournalRecord entry) {
            return switch (entry) {
                case Intended r ->
                        Optional.of(
                                "%s is about to be %s (%s)"
                                        .formatted(r.key(), word(r.effect()), r.intent()));
                case Succeeded r ->
                        Optional.of("%s has been %s".formatted(r.key(), word(r.effect())));
                case Failed r -> Optional.of("%s has failed (%s)".formatted(r.key(), r.intent()));
                case Founded r -> Optional.of("%s is founded on %s".formatted(r.use(), r.nodes()));
                case RunStarted _, RunEnded _ -> Optional.empty();
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
    private record Cutting(Journal real, Cuts cuts) implements Journal {
        @Override
        public void append(List<JournalRecord> records) {
            Optional<Integer> durable = cuts.durable(records);
            List<JournalRecord> kept = records.subList(0, durable.orElse(records.size()));
            if (!kept.isEmpty()) {
                real.append(kept);
            }
            if (durable.isPresent()) {
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
