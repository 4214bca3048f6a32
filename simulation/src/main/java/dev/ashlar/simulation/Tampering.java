package dev.ashlar.simulation;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Event;
import dev.ashlar.model.journal.JournalRecord;
import java.util.List;
import java.util.Optional;

/// Stands between the core and the world, so that a broken core can be played without breaking it.
/// The default lets everything through.
interface Tampering {
    Tampering NONE = new Tampering() {};

    /// What the core is told of the past: as after a checkpoint somewhere in the journal.
    default Past past(List<JournalRecord> journal) {
        int first = journal.size() / 2;
        Past before = new Past();
        journal.subList(0, first).forEach(before::apply);
        Past past = Past.of(before.checkpoint());
        journal.subList(first, journal.size()).forEach(past::apply);
        return past;
    }

    /// What the world hears of the core's answer.
    default List<Command> commands(List<Command> answer) {
        return answer;
    }

    /// What the core hears of what happens; empty when it hears nothing.
    default Optional<Event> event(Event event) {
        return Optional.of(event);
    }

    /// True when work is started before the records that precede it are durable.
    default boolean startsFirst() {
        return false;
    }
}
