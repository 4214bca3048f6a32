package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Bad days of random clusters. A failing seed is replayed by `-Dashlar.seed=SEED`; `-Dashlar.long`
/// plays many thousands.
class SeedsTest {
    private static final int USUAL = 200;
    private static final int LONG = 20_000;
    private static final int EVERY_SIXTH = 6;
    private static final int MOST_TOLD = 20;

    /// Seeds that a long run once failed on, played every time: 12849 had a turn given away while
    /// the news that would have ended it was still on its way; 366 had members restarted side by
    /// side that had been ill only until others were mended, and so had 578 while they were asked
    /// again; 969 never ended, for a turn was given as a last resort and taken for want of room;
    /// 9105 had a member touched while another was ill, because a part of what made it sick was
    /// left out. At 13875, 16167 and 16393 it was the referee who took a member for down that had
    /// answered at a later try. At 988 a member was announced though the rest of it was left out;
    /// 5584 lost the answer to that while there was but one other; at 7192 one left that had been
    /// taken for ill with others; 8440 took who let others in for ready unasked, and 10270 and
    /// 11392 gave up on that too soon; at 10894 who had let others in could not go before these. At
    /// 8360 a step was tried again though its member had yet to answer once more; at 14861 and
    /// 17350 it was the referee who took one for ill that had answered at a later try. 17477 went
    /// down in a circle of recorded and guessed order, and stood still. At 987 a turn ended unasked
    /// while a visit asked there; 2683 went on beside a turn that had been given back and ended
    /// badly; at 3148 who waited for its next answer counted as failed and lost its turn; 3335 took
    /// back what is done once for all before what came after it; 3055 kept what was left of a
    /// member from going, for the sake of what waited for that member. At 2005, 2665, 2797, 5014,
    /// 5224, 7567 and 12248 it was the referee, about who was known to be out, what had ended
    /// before it was asked once more, what was founded anew, who is half changed, and what may be
    /// behind; and at 4168 about a turn that had passed on to what had to wait for a place. At
    /// 15559 a step that is off was taken to read what comes later, so that something went under
    /// its reader; at 12742 and 18142 a member was let in while what follows waited for others'
    /// turns. 2914 and 8392 called a step left out that had been tried, as what it reads had lapsed
    /// meanwhile; at 10629 it was the referee, about an answer to a visit that came in a turn; and
    /// 13212 stops half way.
    private static final long[] FAILED_ONCE = {
        366, 578, 969, 1967, 2817, 3445, 4142, 9105, 12849, 13875, 16167, 16393, 988, 5584, 7192,
        8440, 10270, 10894, 11392, 8360, 14861, 17350, 17477, 987, 2005, 2665, 2683, 2797, 3148,
                3335,
        5014, 5224, 7567, 12248, 3055, 4168, 15559, 12742, 18142, 2914, 8392, 10629, 13212
    };

    @Test
    void everySeedKeepsTheRulesAndEndsWhereAnUninterruptedRunDoes() {
        Long one = Long.getLong("ashlar.seed");
        if (one != null) {
            live(one);
            return;
        }
        // A long run takes long: it does not end with the first that fails.
        List<AssertionError> failed = new ArrayList<>();
        seeds().takeWhile(_ -> failed.size() < MOST_TOLD).forEach(seed -> live(seed, failed));
        assertAll(
                failed.stream()
                        .map(why ->
                                () -> {
                                    throw why;
                                }));
        assertThat(BadDay.SEEN)
                .allSatisfy((what, times) -> assertThat(times).as(what).isPositive());
        assertThat(Edits.SEEN).allSatisfy((what, times) -> assertThat(times).as(what).isPositive());
        assertThat(Wirings.SEEN)
                .allSatisfy((what, times) -> assertThat(times).as(what).isPositive());
        assertThat(Layerings.SEEN)
                .allSatisfy((what, times) -> assertThat(times).as(what).isPositive());
        assertThat(Variations.SEEN)
                .allSatisfy((what, times) -> assertThat(times).as(what).isPositive());
        assertThat(RandomCluster.SEEN)
                .allSatisfy((what, times) -> assertThat(times).as(what).isPositive());
    }

    private static void live(long seed, List<AssertionError> failed) {
        try {
            live(seed);
        } catch (AssertionError why) {
            failed.add(why);
        }
    }

    private static void live(long seed) {
        try {
            new BadDay(seed).live();
        } catch (RuntimeException | Error broken) {
            throw new AssertionError(
                    "seed " + seed + " (replay with -Dashlar.seed=" + seed + ")", broken);
        }
    }

    private static LongStream seeds() {
        boolean isLong = System.getProperty("ashlar.long") != null;
        LongStream special =
                LongStream.range(0, isLong ? 0 : EVERY_SIXTH * USUAL)
                        .filter(seed ->
                                Traits.isGrowing(seed)
                                        || Traits.isVaried(seed)
                                        || Traits.isWired(seed)
                                        || Traits.isCollecting(seed)
                                        || Traits.isLapsing(seed));
        return LongStream.concat(
                LongStream.concat(LongStream.of(FAILED_ONCE), special),
                LongStream.range(0, isLong ? LONG : USUAL));
    }
}
