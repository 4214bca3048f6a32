package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.work.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WishTest {
    private static final Failure ENDED =
            Failure.passing("command", Failure.Fault.SITE, "rm exited with 130")
                    .withCommand("rm", 130, List.of());
    private static final Failure BROKEN =
            Failure.passing("command", Failure.Fault.SITE, "rm exited with 1")
                    .withCommand("rm", 1, List.of());

    private final Wish wish = new Wish();
    private int tries;

    @AfterEach
    void close() {
        wish.close();
    }

    @Test
    void whatFailsAsItComesInIsDoneAgain() {
        Optional<Failure> failure =
                wish.inSpite(() -> {
                    tries++;
                    if (tries > 2) {
                        return Optional.empty();
                    }
                    wish.utter();
                    return Optional.of(BROKEN);
                });
        assertThat(failure).isEmpty();
        assertThat(tries).isEqualTo(3);
    }

    @Test
    void whatATerminalHasEndedBeforeItIsHeardIsDoneAgain() {
        assertThat(wish.inSpite(() -> tries++ == 0 ? Optional.of(ENDED) : Optional.empty()))
                .isEmpty();
    }

    @Test
    void whatWasStoppedTogetherWithThisIsNoFailureOfItsOwn() {
        assertThat(Wish.mayBe(BROKEN.withCommand("rm", 143, List.of()))).isTrue();
        assertThat(Wish.mayBe(BROKEN)).isFalse();
    }

    @Test
    void whatFailsByItselfIsToldAndNotDoneAgain() {
        wish.utter();
        assertThat(
                        wish.inSpite(() -> {
                            tries++;
                            return Optional.of(BROKEN);
                        }))
                .contains(BROKEN);
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void whatNeverSucceedsIsNotDoneForEver() {
        assertThat(wish.inSpite(() -> Optional.of(ENDED))).contains(ENDED);
    }

    @Test
    void thatWasThereBeforeEndsWhatBeginsAfterIt() {
        wish.utter();
        List<EarlyEnd.Reason> told = new ArrayList<>();
        try (EarlyEnd end = EarlyEnd.within(Duration.ofDays(1), wish, told::add)) {
            assertThat(end.reason()).contains(EarlyEnd.Reason.PERSON);
        }
        wish.utter();
        assertThat(told).containsExactly(EarlyEnd.Reason.PERSON);
    }
}
