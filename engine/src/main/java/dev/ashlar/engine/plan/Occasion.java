package dev.ashlar.engine.plan;

import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why an instance was done when it was done last: by how that differed from what came before on
/// record.
///
/// @param reasons in words; none where nothing stands of it
/// @param takenBack what took back all there was of it, where nothing stands of it since
public record Occasion(List<String> reasons, Optional<Succeeded> takenBack) {
    public Occasion {
        reasons = List.copyOf(reasons);
    }

    /// @param own every record about the instance, oldest first
    public static Occasion last(List<? extends JournalRecord> own) {
        Reading reading = new Reading();
        own.forEach(reading::apply);
        return new Occasion(reading.reasons, reading.takenBack);
    }

    /// What an earlier attempt came to.
    private record Trouble(long run, String words) {}

    /// The records gone through so far. Confined to one thread.
    private static final class Reading {
        private Optional<Succeeded> before = Optional.empty();
        private Optional<Succeeded> takenBack = Optional.empty();
        private Optional<Intended> begun = Optional.empty();
        private final List<Trouble> troubles = new ArrayList<>();
        private List<String> reasons = List.of();

        private void apply(JournalRecord entry) {
            switch (entry) {
                case Intended intended when intended.effect() == Effect.DO -> begin(intended);
                case Failed failed when failed.effect() == Effect.DO -> {
                    begun = Optional.empty();
                    troubles.add(new Trouble(failed.run(), "it had failed"));
                }
                case Succeeded success when success.effect() == Effect.DO -> {
                    reasons = reasons(success);
                    before = Optional.of(success);
                    takenBack = Optional.empty();
                    end();
                }
                case Succeeded undone -> {
                    reasons = List.of();
                    before = Optional.empty();
                    takenBack = Optional.of(undone);
                    end();
                }
                default -> {
                    // Nothing of it has become another.
                }
            }
        }

        private void begin(Intended intended) {
            begun.filter(open -> open.run() != intended.run())
                    .ifPresent(open -> troubles.add(cutShort(open)));
            begun = Optional.of(intended);
        }

        private static Trouble cutShort(Intended open) {
            return new Trouble(open.run(), "it had been cut short");
        }

        private void end() {
            begun = Optional.empty();
            troubles.clear();
        }

        /// A try that failed in the same run is no reason for it.
        private List<String> reasons(Succeeded now) {
            List<String> all = new ArrayList<>();
            troubles.reversed().stream()
                    .filter(one -> one.run() != now.run())
                    .findFirst()
                    .ifPresent(one -> all.add(one.words() + " in run " + one.run()));
            if (before.isEmpty()) {
                all.addLast(
                        takenBack
                                .map(undone ->
                                        "what was there of it had been taken back in run "
                                                + undone.run())
                                .orElse("it had never been done"));
            } else if (!before.get().fingerprint().equals(now.fingerprint())) {
                all.addAll(Differences.between(before.get().inputs(), now.inputs()));
            } else if (all.isEmpty()) {
                all.add(
                        "nothing that it reads had changed: the node differed from it, or what it had"
                                + " made was lapsing");
            }
            return List.copyOf(all);
        }
    }
}
