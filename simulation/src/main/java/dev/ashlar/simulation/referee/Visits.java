package dev.ashlar.simulation.referee;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Work;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which looks at members are part of a visit, and which of a turn. A member that was ill is asked
/// once more, by what stood when the visit began, while its turn may be asking it already by what
/// has been done since.
final class Visits {
    private final Books books;
    private final Map<InstanceKey, Optional<String>> visited = new LinkedHashMap<>();
    private final Map<String, Boolean> inItsTurn = new LinkedHashMap<>();

    Visits(Books books) {
        this.books = books;
    }

    void begin(Collection<InstanceKey> members) {
        members.forEach(key -> visited.put(key, books.standsBy(key)));
    }

    /// The visit has its answer of that member.
    void end(InstanceKey member) {
        visited.remove(member);
    }

    /// A member is asked.
    ///
    /// @param isTurned whether its turn is where it has to be asked
    /// @return true when it is its turn that asks
    boolean looks(Work.Probe probe, boolean isTurned) {
        boolean isVisit =
                visited.getOrDefault(probe.key(), Optional.empty())
                        .filter(probe.intent()::equals)
                        .isPresent();
        inItsTurn.put(probe.intent(), isTurned && !isVisit);
        return isTurned && !isVisit;
    }

    /// @return of what is a look, whether it was its turn that asked
    Optional<Boolean> answered(String intent) {
        return Optional.ofNullable(inItsTurn.remove(intent));
    }
}
