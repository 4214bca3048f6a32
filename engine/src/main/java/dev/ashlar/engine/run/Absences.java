package dev.ashlar.engine.run;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// Who of a group is out, or may be, without a turn. *Sick* is who is so on record, as it is when
/// an attempt fails there in this run; *ill* who was asked and is not healthy. Who is *left sick*
/// is not for this run to mend, and so counts to its end.
final class Absences {
    private final Set<Seat> ill = new LinkedHashSet<>();
    private final Set<Seat> unfinished = new LinkedHashSet<>();
    private final Set<Seat> leftSick = new LinkedHashSet<>();
    private final Set<Seat> sickAndIdle = new LinkedHashSet<>();
    private final Set<Seat> illAndIdle = new LinkedHashSet<>();

    Set<Seat> ill() {
        return Collections.unmodifiableSet(ill);
    }

    boolean isIll(Seat seat) {
        return ill.contains(seat);
    }

    /// True of who is ill with others.
    boolean isOneOfMany(Seat seat) {
        return ill.contains(seat) && ill.size() > 1;
    }

    /// True when it was not ill before.
    boolean fallsIll(Seat seat) {
        return ill.add(seat);
    }

    /// It is ill for it has not been finished.
    void startsUnfinished(Seat seat) {
        unfinished.add(seat);
        ill.add(seat);
    }

    /// True when a member is not finished, other than this one.
    boolean isAnyUnfinishedBut(Seat seat) {
        return unfinished.size() > (unfinished.contains(seat) ? 1 : 0);
    }

    /// True when it was ill before.
    boolean heals(Seat seat) {
        unfinished.remove(seat);
        return ill.remove(seat);
    }

    void leaveSick(Seat seat) {
        leftSick.add(seat);
    }

    boolean isLeftSick(Seat seat) {
        return leftSick.contains(seat);
    }

    boolean staysOut(Seat seat) {
        return ill.contains(seat) || leftSick.contains(seat);
    }

    Set<Seat> out() {
        Set<Seat> out = new LinkedHashSet<>(ill);
        out.addAll(leftSick);
        return out;
    }

    /// Keeps the books on one seat: to be called whenever something of it has changed.
    void file(Seat seat, boolean isIdle) {
        keep(sickAndIdle, seat, isIdle && seat.rotation.isSick(seat));
        keep(illAndIdle, seat, isIdle && ill.contains(seat));
    }

    private static void keep(Set<Seat> book, Seat seat, boolean belongs) {
        if (belongs) {
            book.add(seat);
        } else {
            book.remove(seat);
        }
    }

    /// How many others are out without a turn, as far as that counts for this one: to who was sick
    /// before the run only the ill do, for one after another is how the sick are mended.
    int idle(Seat seat) {
        Set<Seat> idle = isPatient(seat) ? illAndIdle : sickAndIdle;
        return idle.size() - (idle.contains(seat) ? 1 : 0);
    }

    /// Who is out for good, as far as that counts for this one.
    Set<Seat> outFor(Seat seat) {
        return isPatient(seat) ? ill() : out();
    }

    private boolean isPatient(Seat seat) {
        return seat.isSickOnRecord() || isIll(seat);
    }
}
