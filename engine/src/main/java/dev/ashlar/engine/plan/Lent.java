package dev.ashlar.engine.plan;

import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Remedy;
import dev.ashlar.model.value.Value;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// What comes of asking a cluster for a value of one of its uses.
public sealed interface Lent {
    /// @param value labelled with where it came from, awaiting nothing
    record Given(Value value) implements Lent {}

    /// It is not given out now.
    ///
    /// @param reason why, as far as that cluster can tell
    /// @param remedy what brings it about there
    /// @param behind what that cluster waits for itself, of others
    record Withheld(String reason, Remedy remedy, Set<Await.Elsewhere> behind) implements Lent {
        public Withheld {
            behind = Collections.unmodifiableSet(new LinkedHashSet<>(behind));
        }

        /// Where that cluster waits for no other.
        public static Withheld by(Remedy remedy, String reason) {
            return new Withheld(reason, remedy, Set.of());
        }
    }
}
