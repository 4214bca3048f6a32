package dev.ashlar.engine.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.AuthorityStanding;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AuthoritiesTest {
    private static final InstanceKey FIRST = InstanceKey.onNode("kv", "certificate", "store-1");
    private static final InstanceKey SECOND = InstanceKey.onNode("kv", "certificate", "store-2");

    private final Past past = new Past();

    private Optional<String> ordered(Order order, String serial, InstanceKey key, long atMs) {
        past.apply(
                new AuthorityOrdered(
                        "kv",
                        order,
                        new TreeMap<>(Map.of(serial, key.toString())),
                        "",
                        "ann",
                        atMs));
        return past.authorities().wantedOf("kv", key);
    }

    @Test
    void whatIsOrderedOfOneIsWantedOfNoOther() {
        assertThat(past.authorities().wantedOf("kv", FIRST)).isEmpty();
        Optional<String> first = ordered(Order.RENEW, "ab", FIRST, 5);
        assertThat(first).isPresent();
        assertThat(past.authorities().wantedOf("kv", SECOND)).isEmpty();
        assertThat(past.authorities().wantedOf("other", FIRST)).isEmpty();
        assertThat(ordered(Order.RENEW, "cd", SECOND, 6)).isPresent();
        assertThat(past.authorities().wantedOf("kv", FIRST)).isEqualTo(first);
        assertThat(ordered(Order.RENEW, "ef", FIRST, 7)).isNotEqualTo(first);
        assertThat(past.authorities().of("kv").isSuperseded("ab")).isTrue();
        assertThat(past.authorities().of("other").isSuperseded("ab")).isFalse();
    }

    @Test
    void aRevocationIsForAllWhoHaveACertificateOfTheAuthority() {
        ordered(Order.RENEW, "ab", SECOND, 5);
        Optional<String> before = past.authorities().wantedOf("kv", SECOND);
        assertThat(ordered(Order.REVOKE, "cd", FIRST, 6).orElseThrow())
                .contains("edition 1", FIRST.toString());
        assertThat(past.authorities().wantedOf("kv", SECOND)).isPresent().isNotEqualTo(before);
        AuthorityStanding kv = past.authorities().of("kv");
        assertThat(kv.revoked().keySet()).containsExactly("cd");
        assertThat(kv.isSuperseded("cd")).isTrue();
        assertThat(kv.isBarred(FIRST.toString())).isTrue();
        assertThat(kv.isBarred(SECOND.toString())).isFalse();
        ordered(Order.LIST, "ef", FIRST, 7);
        assertThat(past.authorities().of("kv").edition()).isEqualTo(2);
        ordered(Order.RENEW, "cd", FIRST, 8);
        assertThat(past.authorities().of("kv").isBarred(FIRST.toString())).isFalse();
        assertThat(past.authorities().of("kv").revoked()).containsKey("cd");
    }

    @Test
    void anAuthorityIsReplacedInThreeSteps() {
        AuthorityStanding.Generations first = past.authorities().of("kv").generations();
        assertThat(first.isOverlapping()).isFalse();
        ordered(Order.BESIDE, "ab", FIRST, 5);
        AuthorityStanding.Generations beside = past.authorities().of("kv").generations();
        assertThat(past.authorities().overlapping()).containsExactly("kv");
        assertThat(beside).isEqualTo(new AuthorityStanding.Generations(1, 1, 2));
        ordered(Order.HAND_OVER, "ab", FIRST, 6);
        assertThat(past.authorities().of("kv").generations())
                .isEqualTo(new AuthorityStanding.Generations(1, 2, 2));
        assertThat(ordered(Order.RETIRE, "ab", FIRST, 7).orElseThrow()).contains("edition 3");
        assertThat(past.authorities().of("kv").generations())
                .isEqualTo(new AuthorityStanding.Generations(2, 2, 2));
        assertThat(past.authorities().overlapping()).isEmpty();
    }

    /// Nothing but an order or its end lifts a bar: what was issued before a crash is on no record.
    @Test
    void whoIsBarredStaysSoWhateverIsOnRecordOfItsCertificates() {
        succeeded("ab", Effect.DO);
        ordered(Order.RENEW, "ab", FIRST, 5);
        ordered(Order.REVOKE, "cd", FIRST, 6);
        assertThat(isBarred(past)).as("the last on record is another").isTrue();
        succeeded("ef", Effect.DO);
        assertThat(isBarred(past)).isTrue();
    }

    @Test
    void whatIsMadeAgainAfterItWasTakenBackIsAnother() {
        ordered(Order.REVOKE, "cd", FIRST, 6);
        ordered(Order.LIST, "", SECOND, 7);
        succeeded("", Effect.UNDO);
        assertThat(isBarred(past)).isFalse();
        Past again = Past.of(past.checkpoint());
        assertThat(isBarred(again)).isFalse();
        assertThat(again.authorities()).isEqualTo(past.authorities());
        ordered(Order.LIST, "", SECOND, 8);
        assertThat(isBarred(past)).isFalse();
        ordered(Order.REVOKE, "ef", FIRST, 9);
        assertThat(isBarred(past)).isTrue();
        assertThat(past.authorities().of("kv").revoked()).containsKeys("cd", "ef");
    }

    private static boolean isBarred(Past past) {
        return past.authorities().of("kv").isBarred(FIRST.toString());
    }

    private void succeeded(String serial, Effect effect) {
        past.apply(
                new Succeeded(
                        1,
                        FIRST,
                        "intent",
                        effect,
                        "fingerprint",
                        List.of(),
                        new LinkedHashMap<>(Map.of("serial", Value.text(serial))),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        new LinkedHashMap<>(),
                        5));
    }

    /// Clocks may have been set back meanwhile.
    @Test
    void anOrderIsBroughtAboutByARunThatComesAfterItOnRecord() {
        run(1, 500, "", RunEnded.DONE);
        ordered(Order.RENEW, "ab", FIRST, 900);
        assertThat(past.authorities().isBeingRenewed("kv", FIRST)).isTrue();
        assertThat(past.authorities().isBeingRenewed("kv", SECOND)).isFalse();
        run(2, 1_000, "kv", RunEnded.DONE);
        run(3, 1_000, "", "failed");
        assertThat(past.authorities().unfinished()).hasSize(1);
        assertThat(Past.of(past.checkpoint()).authorities()).isEqualTo(past.authorities());
        ordered(Order.REVOKE, "cd", FIRST, 900);
        assertThat(past.authorities().isBeingRenewed("kv", FIRST)).as("revoked since").isFalse();
        run(4, 10, "", RunEnded.DONE);
        assertThat(past.authorities().unfinished()).isEmpty();
        assertThat(Past.of(past.checkpoint()).authorities()).isEqualTo(past.authorities());
    }

    private void run(long number, long atMs, String selection, String outcome) {
        past.apply(
                new RunStarted(
                        number,
                        Purpose.UP,
                        "demo",
                        "here",
                        "goal",
                        "ann",
                        "0",
                        selection,
                        new LinkedHashMap<>(),
                        List.of(),
                        atMs));
        past.apply(new RunEnded(number, outcome, 1, 0, 0, 0, true, atMs + 1));
    }

    @Test
    void aCheckpointComesToTheSame() {
        Optional<String> first = ordered(Order.RENEW, "ab", FIRST, 5);
        Past again = Past.of(past.checkpoint());
        assertThat(again.authorities().all()).isEqualTo(past.authorities().all());
        assertThat(again.authorities().wantedOf("kv", FIRST)).isEqualTo(first);
    }
}
