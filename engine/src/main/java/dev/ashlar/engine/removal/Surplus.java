package dev.ashlar.engine.removal;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What an instance has brought about, as the record says, and its work would not bring about any
/// more. Services see to what they have made themselves; what was done under another case of a step
/// is not theirs, nor is it what its script takes the place of.
public final class Surplus {
    private Surplus() {}

    /// @param inCase the case under which the work is done, of a step that has cases
    public static List<Owned> of(Past past, InstanceKey key, Work work, Optional<String> inCase) {
        List<Owned> owned = past.owned(key);
        Predicate<Owned> isElse = one -> !one.inCase().equals(inCase.orElse(""));
        return switch (work) {
            case Work.Apply apply -> {
                Set<String> wanted =
                        apply.resources().stream().map(Resource::key).collect(Collectors.toSet());
                yield owned.stream().filter(one -> !wanted.contains(one.key())).toList();
            }
            case Work.Run _ -> owned.stream().filter(isElse.or(one -> !one.isByScript())).toList();
            case Work.Call _ -> owned.stream().filter(isElse).toList();
            case Work.Acquire _, Work.Gather _, Work.Probe _, Work.Undo _ -> List.of();
        };
    }
}
