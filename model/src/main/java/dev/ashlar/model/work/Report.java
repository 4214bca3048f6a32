package dev.ashlar.model.work;

import dev.ashlar.model.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What came of a piece of [Work].
public sealed interface Report {

    /// What it printed, bounded, control characters kept; the shell stores it beside the journal.
    String log();

    /// It is so now.
    ///
    /// @param changed titles of what was not so before; empty when nothing had to be done
    /// @param outputs by name, of the declared types
    /// @param owned everything it brought about or found in place and keeps; of an undo the data
    ///   that it left in place
    record Done(
            List<String> changed,
            SequencedMap<String, Value> outputs,
            List<Owned> owned,
            String log)
            implements Report {
        public Done {
            changed = List.copyOf(changed);
            outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
            owned = List.copyOf(owned);
        }

        /// Nothing was to be done.
        public static Done nothing() {
            return new Done(List.of(), new LinkedHashMap<>(), List.of(), "");
        }
    }

    /// It failed.
    ///
    /// @param owned what it had brought about before it failed
    record NotDone(Failure failure, List<Owned> owned, String log) implements Report {
        public NotDone {
            owned = List.copyOf(owned);
        }
    }

    /// It was stopped on request before it ended.
    ///
    /// @param owned what it had brought about by then, as far as that is known
    record Stopped(List<Owned> owned, String log) implements Report {
        public Stopped {
            owned = List.copyOf(owned);
        }

        /// Before it had brought anything about, or without telling.
        public Stopped(String log) {
            this(List.of(), log);
        }
    }
}
