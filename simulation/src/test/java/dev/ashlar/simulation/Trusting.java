package dev.ashlar.simulation;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Event;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A core that hears of every look that the member is well.
final class Trusting implements Tampering {
    private final Set<String> intended = new HashSet<>();
    private final Set<String> looks = new HashSet<>();

    @Override
    public List<Command> commands(List<Command> answer) {
        for (Command command : answer) {
            if (command instanceof Command.Append(JournalRecord.Intended announced)) {
                intended.add(announced.intent());
            }
            if (command instanceof Command.Start(Work.Probe probe, _)
                    && !intended.contains(probe.intent())) {
                looks.add(probe.intent());
            }
        }
        return answer;
    }

    @Override
    public Optional<Event> event(Event event) {
        return Optional.of(
                event instanceof Event.Ended(var intent, Report.NotDone _, long at)
                                && looks.contains(intent)
                        ? new Event.Ended(intent, well(), at)
                        : event);
    }

    private static Report well() {
        return Report.Done.nothing();
    }
}
