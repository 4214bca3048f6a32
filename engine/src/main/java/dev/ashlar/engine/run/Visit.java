package dev.ashlar.engine.run;

import java.util.List;

/// How far a group is with its round: asking its members for their health before turns are given.
public enum Visit {
    /// Nobody has wanted a turn yet.
    NOT_YET,
    /// The members are to be asked.
    WANTED,
    /// They are being asked.
    BEGUN,
    /// They have answered, or need not be asked: turns are given.
    ENDED;

    private static final List<Passage<Visit>> TABLE =
            List.of(
                    new Passage<>(
                            NOT_YET, WANTED, "somebody wants a turn, or to know who is ready"),
                    new Passage<>(NOT_YET, ENDED, "all may be out at once: nobody is to be spared"),
                    new Passage<>(WANTED, BEGUN, "those who are to be asked are asked"),
                    new Passage<>(BEGUN, ENDED, "all who were asked have answered"),
                    new Passage<>(
                            BEGUN,
                            WANTED,
                            "one of the ill is well: the others are to be asked again"),
                    new Passage<>(
                            ENDED,
                            WANTED,
                            "one of the ill is well: the others are to be asked again"));

    /// Where it may go, from the first, `NOT_YET`, on.
    public static List<Passage<Visit>> table() {
        return TABLE;
    }

    /// @throws IllegalStateException where the table has no way there: a bug
    Visit to(Visit next) {
        if (!Passage.isIn(TABLE, this, next)) {
            throw new IllegalStateException("a visit goes from " + this + " to " + next);
        }
        return next;
    }
}
