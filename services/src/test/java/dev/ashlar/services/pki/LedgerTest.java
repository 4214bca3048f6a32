package dev.ashlar.services.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Instant FROM = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant UNTIL = FROM.plus(Duration.ofDays(300));

    @TempDir Path folder;

    @Test
    void whatIsEnteredIsReadAsItWas() throws IOException {
        CertificateEntry here = entry("ab", Optional.empty(), "some one, O=else");
        CertificateEntry there = entry("cd", Optional.of("store-1"), "store-1");
        new Ledger(folder, "kv").enter(here);
        new Ledger(folder, "kv").enter(there);
        assertThat(Ledger.entries(folder, "kv")).containsExactly(here, there);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("issued"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsThereIsNotEnteredTwice() throws IOException {
        new Ledger(folder, "kv").enter(entry("ab", Optional.empty(), "x"));
        Ledger later = new Ledger(folder, "kv");
        later.enter(entry("ab", Optional.empty(), "x"));
        later.enter(entry("ab", Optional.empty(), "x"));
        assertThat(Ledger.entries(folder, "kv")).hasSize(1);
    }

    @Test
    void aLineThatACrashHasCutIsNoneAndSpoilsNoOther() throws IOException {
        new Ledger(folder, "kv").enter(entry("ab", Optional.empty(), "x"));
        Files.writeString(folder.resolve("issued"), "cd\t1\t2026", StandardOpenOption.APPEND);
        new Ledger(folder, "kv").enter(entry("ef", Optional.empty(), "y"));
        assertThat(Ledger.entries(folder, "kv"))
                .extracting(CertificateEntry::serial)
                .containsExactly("ab", "ef");
    }

    @Test
    void aSubjectCannotMakeUpAnotherLine() throws IOException {
        new Ledger(folder, "kv").enter(entry("ab", Optional.empty(), "x\ty\nz"));
        assertThat(Ledger.entries(folder, "kv"))
                .extracting(CertificateEntry::subject)
                .containsExactly("x y z");
    }

    @Test
    void itIsDueWhenAThirdIsLeft() {
        CertificateEntry entry = entry("ab", Optional.empty(), "x");
        assertThat(entry.isDue(UNTIL.minus(Duration.ofDays(101)))).isFalse();
        assertThat(entry.isDue(UNTIL.minus(Duration.ofDays(100)))).isTrue();
        assertThat(entry.isOver(UNTIL)).isFalse();
        assertThat(entry.isOver(UNTIL.plusSeconds(1))).isTrue();
    }

    @Test
    void whatIsIssuedIsEnteredWithItsAuthority() throws IOException {
        AuthorityStore store = new AuthorityStore(folder.resolve("pki"), "demo", () -> FROM);
        store.authority("kv");
        store.enter(entry("ab", Optional.of("store-1"), "x"));
        AuthorityFacts facts = AuthorityFacts.in(folder.resolve("pki")).getFirst();
        assertThat(facts.name()).isEqualTo("kv");
        assertThat(facts.issued()).extracting(CertificateEntry::serial).containsExactly("ab");
        AuthorityFacts.Generation own = facts.generations().getFirst();
        assertThat(own.subject()).isEqualTo("CN=kv,O=demo");
        assertThat(own.algorithm()).isEqualTo("EC 256");
        assertThat(own.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(AuthorityFacts.in(folder.resolve("none"))).isEmpty();
    }

    private static CertificateEntry entry(String serial, Optional<String> node, String subject) {
        return new CertificateEntry(
                "kv",
                1,
                serial,
                "kv.certificate@store-1",
                node,
                subject,
                List.of("store-1", "10.77.0.11"),
                "peer",
                "00ff",
                FROM,
                UNTIL);
    }
}
