package dev.ashlar.engine.run;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Work;
import java.util.List;
import java.util.Optional;

/// What the core wants done. Carried out in order: work starts only after every record before it is
/// durable.
public sealed interface Command {

    record Append(JournalRecord entry) implements Command {}

    /// @param again the intent is from before a crash
    record Start(Work work, boolean again) implements Command {}

    record WakeAt(long token, long atMs) implements Command {}

    /// End all work that is being carried out.
    record StopAll() implements Command {}

    /// An instance has come to a new phase: for those who watch.
    ///
    /// @param effect whether it is brought about or taken back
    record Tell(
            InstanceKey key, Effect effect, Phase phase, String detail, Optional<Failure> failure)
            implements Command {}

    /// The members of a founded group are asked for their health before a turn: for those who
    /// watch. That takes as long as the slowest of them.
    ///
    /// @param members whoever is asked; of each an [Answered] follows
    record Visit(String group, List<InstanceKey> members) implements Command {
        public Visit {
            members = List.copyOf(members);
        }
    }

    /// One of those who were asked has answered for good, or is asked no more: for those who watch.
    record Answered(InstanceKey member) implements Command {}

    /// What is new at a node, and waits for others of its group, which wait for that node's turn,
    /// comes after the turns, not within: for those who watch. Until then its members are without
    /// it.
    record Postpone(InstanceKey key, String group) implements Command {}

    /// The run is over.
    record Finish(Totals totals) implements Command {}
}
