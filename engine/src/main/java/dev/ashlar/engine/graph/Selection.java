package dev.ashlar.engine.graph;

import dev.ashlar.model.identity.InstanceKey;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// The part of a goal that a run may touch. What is left out does not run; where it stands
/// unchanged its outputs hold as ever, where it does not, those who need it are left out with it.
/// Its health counts in any case: nobody's turn comes easier because a sick member is not looked
/// after.
///
/// @param words as a person asked for it; empty for the whole
/// @param instances what does not run
/// @param nodes where nothing runs, for steps whose place is not known yet
public record Selection(String words, Set<InstanceKey> instances, Set<String> nodes) {
    /// Nothing is left out.
    public static final Selection WHOLE = new Selection("", Set.of(), Set.of());

    public Selection {
        instances = Collections.unmodifiableSet(new LinkedHashSet<>(instances));
        nodes = Collections.unmodifiableSet(new LinkedHashSet<>(nodes));
    }

    /// @param place where it would run, as far as that is known
    public boolean leavesOut(InstanceKey key, Optional<String> place) {
        return instances.contains(key)
                || key.node().filter(nodes::contains).isPresent()
                || place.filter(nodes::contains).isPresent();
    }
}
