package dev.ashlar.engine.run;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Who of a group is out, or may be, without a turn. *Sick* is who is so on record, *ill* who was
/// asked and is not healthy; who is *left sick* stays so to the end of the run.
final class Absences {
    private final Set<Rotation.Seat> ill = new LinkedHashSet<>();
    private final Set<Rotation.Seat> leftSick = new LinkedHashSet<>();
    private final Set<Rotation.Seat> sickAndIdle = new HashSet<>();
    private final Set<Rotation.Seat> illAndIdle = new HashSet<>();

    Set<Rotation.Seat> ill() {
        return Collections.unmodifiableSet(ill);
    }

    boolean isIll(Rotation.Seat seat) {
        return ill.contains(seat);
    }

    /// True when it was not ill before.
    boolean fallsIll(Rotation.Seat seat) {
        return ill.add(seat);
    }

    /// True when it was ill before.
    boolean heals(Rotation.Seat seat) {
        return ill.remove(seat);
    }

    void leaveSick(Rotation.Seat seat) {
        leftSick.add(seat);
    }

    boolean staysOut(Rotation.Seat seat) {
        return ill.contains(seat) || leftSick.contains(seat);
    }

    Set<Rotation.Seat> out() {
        Set<Rotation.Seat> out = new LinkedHashSet<>(ill);
        out.addAll(leftSick);
        return out;
    }

    /// Keeps the books on one seat: to be called whenever something of it has changed.
    void file(Rotation.Seat seat, boolean isIdle) {
        keep(sickAndIdle, seat, isIdle && seat.isSick());
        keep(illAndIdle, seat, isIdle && ill.contains(seat));
    }

    private static void keep(Set<Rotation.Seat> book, Rotation.Seat seat, boolean belongs) {
        if (belongs) {
            book.add(seat);
        } else {
            book.remove(seat);
        }
    }

    /// How many are out without a turn, as far as that counts for this one: to who is sick only the
    /// ill do, for one after another is how the sick are mended.
    int idle(Rotation.Seat seat) {
        return (seat.isSick() ? illAndIdle : sickAndIdle).size();
    }

    /// Who is out for good, as far as that counts for this one.
    Set<Rotation.Seat> outFor(Rotation.Seat seat) {
        return seat.isSick() ? ill() : out();
    }
}
