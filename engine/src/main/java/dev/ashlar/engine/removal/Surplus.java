package dev.ashlar.engine.removal;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What an instance has brought about, as the record says, and its work would not bring about any
/// more. Services see to what they have made themselves.
public final class Surplus {
    private Surplus() {}

    public static List<Owned> of(Past past, InstanceKey key, Work work) {
        List<Owned> owned = past.owned(key);
        return switch (work) {
            case Work.Apply apply -> {
                Set<String> wanted =
                        apply.resources().stream().map(Resource::key).collect(Collectors.toSet());
                yield owned.stream().filter(one -> !wanted.contains(one.key())).toList();
            }
            case Work.Run _ -> owned.stream().filter(one -> !one.isByScript()).toList();
            case Work.Acquire _, Work.Gather _, Work.Call _, Work.Probe _, Work.Undo _ -> List.of();
        };
    }
}
