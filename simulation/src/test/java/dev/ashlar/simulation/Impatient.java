package dev.ashlar.simulation;

import dev.ashlar.engine.run.Command;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A core that tries what has failed again as soon as members are asked for their health, without
/// waiting for what they answer.
final class Impatient implements Tampering {
    private final Map<InstanceKey, Command> intended = new HashMap<>();
    private final Map<InstanceKey, Command> started = new HashMap<>();
    private final List<InstanceKey> failed = new ArrayList<>();

    @Override
    public List<Command> commands(List<Command> answer) {
        List<Command> more = new ArrayList<>(answer);
        for (Command command : answer) {
            switch (command) {
                case Command.Append(JournalRecord.Intended entry) ->
                        intended.put(entry.key(), command);
                case Command.Append(JournalRecord.Failed entry) -> failed.add(entry.key());
                case Command.Start(Work.Apply work, _) -> started.put(work.key(), command);
                case Command.Visit _ -> {
                    for (InstanceKey key : failed) {
                        more.add(intended.getOrDefault(key, command));
                        more.add(started.getOrDefault(key, command));
                    }
                    failed.clear();
                }
                case Command.Append _,
                        Command.Start _,
                        Command.WakeAt _,
                        Command.StopAll _,
                        Command.Tell _,
                        Command.Postpone _,
                        Command.Answered _,
                        Command.Finish _ -> {}
            }
        }
        return more;
    }
}
