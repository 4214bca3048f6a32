package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.node.Claim;
import dev.ashlar.model.work.Failure;
import org.junit.jupiter.api.Test;

/// Whoever has no state is nobody to act on what carries the claim of one.
class NoStateTest {
    private static final Claim CLAIM =
            new Claim(
                    "c0ffee00-0000-4000-8000-000000000000", 7, "0".repeat(64), 2, "ann@host:/home");

    private final NoState none = new NoState("shop");

    @Test
    void whatCarriesNoClaimIsAnybodys() {
        assertThat(none.objection("node-1", "")).isEmpty();
    }

    @Test
    void whatCarriesOneAnswersToAnother() {
        assertThat(none.objection("node-1", CLAIM.text()).map(Failure::message))
                .contains(
                        "node-1 answers to another state of cluster shop: run 2, held by ann@host:/home");
    }

    @Test
    void whatCannotBeReadIsNobodysToTouchEither() {
        assertThat(none.objection("node-1", "9 of a later version").map(Failure::fault))
                .contains(Failure.Fault.STATE);
    }
}
