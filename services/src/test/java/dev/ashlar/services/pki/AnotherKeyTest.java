package dev.ashlar.services.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Another key comes with the certificate for it: whoever reads both at any time has two that fit.
class AnotherKeyTest extends IssuingTest {
    private boolean fits() {
        try {
            return openssl("pkey", "-in", file("key.pem"), "-pubout")
                    .equals(openssl("x509", "-noout", "-pubkey", "-in", file("certificate.pem")));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<String> names() throws Exception {
        try (var files = Files.list(node.at(DIRECTORY))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /// A certificate whose key will not do any more.
    private String revoked() {
        String serial = text(done(Map.of()), "serial");
        order(Order.REVOKE, serial);
        order(Order.RENEW, serial);
        return serial;
    }

    @Test
    void keyAndCertificateFitBetweenAnyTwoThingsThatAreDone() throws Exception {
        String serial = revoked();
        way =
                (work, again) -> {
                    Report report = node.execute(work, again);
                    assertThat(fits()).as(work.intent()).isTrue();
                    return report;
                };
        Report.Done done = done(Map.of());
        assertThat(text(done, "serial")).isNotEqualTo(serial);
        assertThat(done.changed()).contains("key " + DIRECTORY + "/key.pem");
        assertThat(mode("key.pem")).isEqualTo("rw-------");
        assertThat(mode("certificate.pem")).isEqualTo("rw-r--r--");
        assertThat(names()).noneMatch(name -> name.contains(".next") || name.contains(".new"));
        assertThat(done(Map.of()).changed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-key", "install", "files"})
    void whereTheConnectionIsCutTheOldOnesStayTogetherOrTheNewOnesDo(String cut) throws Exception {
        String serial = revoked();
        way =
                (work, again) ->
                        work.intent().endsWith(cut)
                                ? new Report.Stopped("")
                                : node.execute(work, again);
        assertThat(execute(Map.of())).isInstanceOf(Report.Stopped.class);
        assertThat(fits()).isTrue();
        endsWell(serial);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.pem.next", "certificate.pem.next", "key.pem", "certificate.pem"})
    void whereAScriptIsCutShortTheNextAttemptEndsIt(String target) throws Exception {
        String serial = revoked();
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path mv = tools.resolve("mv");
        Files.writeString(
                mv,
                """
                #!/bin/sh
                for last; do :; done
                case $last in */%s) exit 1 ;; esac
                PATH=/usr/bin:/bin exec mv "$@"
                """
                        .formatted(target));
        Files.setPosixFilePermissions(mv, PosixFilePermissions.fromString("rwxr-xr-x"));
        String path = node.path;
        node.path = tools + ":" + path;
        notDone(Map.of());
        assertThat(fits()).isEqualTo(!target.equals("certificate.pem"));
        node.path = path;
        endsWell(serial);
    }

    private void endsWell(String serial) throws Exception {
        way = node;
        Report.Done done = done(Map.of());
        assertThat(fits()).isTrue();
        assertThat(text(done, "serial")).isNotEqualTo(serial);
        assertThat(done.changed()).isNotEmpty();
        assertThat(checked(Path.of(file("certificate.pem")))).contains("OK");
        assertThat(names()).noneMatch(name -> name.contains(".next") || name.contains(".new"));
        assertThat(done(Map.of()).changed()).isEmpty();
    }

    @Test
    void whatWaitsBesideItsPlaceGoesWithTheRest() {
        revoked();
        List<Owned> owned = done(Map.of()).owned();
        way =
                (work, again) ->
                        work.intent().endsWith("install")
                                ? new Report.Stopped("")
                                : node.execute(work, again);
        execute(Map.of("algorithm", Value.text("rsa")));
        assertThat(Path.of(file("key.pem.next"))).exists();
        Work.Undo undo =
                new Work.Undo(
                        key(), "undo-1", Optional.of("store-1"), owned, Duration.ofMinutes(1));
        assertThat(function.undo(undo, false, node)).isInstanceOf(Report.Done.class);
        assertThat(node.at(DIRECTORY)).doesNotExist();
    }
}
