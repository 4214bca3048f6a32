package dev.ashlar.model.journal;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.model.work.Owned;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the first records of a journal come to: who goes on from it with the records after them
/// comes to the same as by all of them. It holds nothing that is not in the records, so nothing but
/// time is lost with it. All lists and maps have the order in which a fold came to them.
///
/// @param records of how many records it is
/// @param last the last of these
/// @param verifiedBy the last run after which everything of its goal was known to hold, unless
///   something was undone since
/// @param runs oldest first
/// @param interrupted intents without an end
/// @param failures intents that failed
/// @param refusals failures of the last run without an intent
/// @param leftovers what failed attempts left behind
/// @param makers what each instance was a step of, or who made the machine
/// @param judged what people made of machines, oldest first
/// @param vault how the vault was changed, oldest first
/// @param receipts who was given which secret, oldest first
/// @param authorities what was ordered of authorities
public record Checkpoint(
        long records,
        Optional<JournalRecord> last,
        Optional<Long> verifiedBy,
        List<RunSummary> runs,
        List<Standing> standing,
        Map<InstanceKey, Interrupted> interrupted,
        Map<InstanceKey, Failing> failures,
        List<Failed> refusals,
        Map<InstanceKey, List<Owned>> leftovers,
        Map<InstanceKey, Chosen> chosen,
        Map<InstanceKey, String> makers,
        Members members,
        List<Judged> judged,
        List<VaultChanged> vault,
        List<Receipt> receipts,
        Authorities authorities) {

    public Checkpoint {
        runs = List.copyOf(runs);
        standing = List.copyOf(standing);
        interrupted = ordered(interrupted);
        failures = ordered(failures);
        refusals = List.copyOf(refusals);
        leftovers = ordered(leftovers);
        chosen = ordered(chosen);
        makers = ordered(makers);
        judged = List.copyOf(judged);
        vault = List.copyOf(vault);
        receipts = List.copyOf(receipts);
    }

    private static <K, V> Map<K, V> ordered(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /// An instance that stands.
    ///
    /// @param last its last success, with everything that it owns by now, and all uses whose health
    ///   its values asked for; what it changed is left out
    /// @param changedBy the intent that last changed something
    /// @param tainted whether a later attempt failed
    /// @param madeMs when it was begun
    /// @param frozenIn the run that froze each of its frozen values
    public record Standing(
            Succeeded last,
            String changedBy,
            boolean tainted,
            long madeMs,
            Map<String, Long> frozenIn) {
        public Standing {
            frozenIn = ordered(frozenIn);
        }
    }

    /// The node that was chosen for an instance, and the run that chose it.
    public record Chosen(String node, long run) {}

    /// Who is a member of which use.
    ///
    /// @param founded nodes by use
    /// @param remnants nodes by use of whom something is left
    /// @param reduced nodes where something founded has been taken back
    /// @param sponsors by join or leave step who was last to carry it out
    public record Members(
            Map<String, Set<String>> founded,
            Map<String, Set<String>> remnants,
            Set<String> reduced,
            Map<InstanceKey, String> sponsors) {
        public Members {
            founded = copied(founded);
            remnants = copied(remnants);
            reduced = Collections.unmodifiableSet(new LinkedHashSet<>(reduced));
            sponsors = ordered(sponsors);
        }

        private static Map<String, Set<String>> copied(Map<String, Set<String>> sets) {
            Map<String, Set<String>> all = new LinkedHashMap<>();
            sets.forEach((use, nodes) ->
                    all.put(use, Collections.unmodifiableSet(new LinkedHashSet<>(nodes))));
            return Collections.unmodifiableMap(all);
        }
    }
}
