package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Bad days of random clusters. A failing seed is replayed by `-Dashlar.seed=SEED`; `-Dashlar.long`
/// plays many thousands.
class SeedsTest {
    private static final int USUAL = 200;
    private static final int LONG = 20_000;

    @Test
    void everySeedKeepsTheRulesAndEndsWhereAnUninterruptedRunDoes() {
        seeds().forEach(seed -> {
            try {
                new BadDay(seed).live();
            } catch (RuntimeException | Error broken) {
                throw new AssertionError(
                        "seed " + seed + " (replay with -Dashlar.seed=" + seed + ")", broken);
            }
        });
        assertThat(BadDay.SEEN)
                .allSatisfy((what, times) -> assertThat(times).as(what).isPositive());
        assertThat(RandomCluster.SEEN)
                .allSatisfy((what, times) -> assertThat(times).as(what).isPositive());
    }

    private static LongStream seeds() {
        Long one = Long.getLong("ashlar.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        return LongStream.range(0, System.getProperty("ashlar.long") == null ? USUAL : LONG);
    }
}
