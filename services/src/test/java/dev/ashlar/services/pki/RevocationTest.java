package dev.ashlar.services.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is ordered of an authority, on a node.
class RevocationTest extends IssuingTest {
    @Test
    void issuesAnewOnceWhereAnotherIsOrdered() {
        String first = text(done(Map.of()), "serial");
        order(Order.RENEW, first);
        Report.Done renewed = done(Map.of());
        assertThat(text(renewed, "serial")).isNotEqualTo(first);
        assertThat(renewed.changed()).containsExactly("file " + DIRECTORY + "/certificate.pem");
        assertThat(done(Map.of()).changed()).isEmpty();
    }

    @Test
    void whatIsRevokedIsRefusedByWhoeverHasTheList() throws Exception {
        String serial = text(done(Map.of()), "serial");
        Path revoked = Files.copy(Path.of(file("certificate.pem")), folder.resolve("revoked.crt"));
        assertThat(checked(revoked)).contains("OK");
        String first = Files.readString(Path.of(file("revoked.pem")));
        assertThat(openssl("crl", "-noout", "-text", "-in", file("revoked.pem")))
                .contains(
                        "Version 2", "No Revoked Certificates", "CRL Number: \n                1\n")
                .contains("Issuer: O = demo, CN = etcd");
        done(Map.of());
        assertThat(Files.readString(Path.of(file("revoked.pem")))).isEqualTo(first);

        order(Order.REVOKE, serial);
        Report.Done after = done(Map.of());
        assertThat(after.changed())
                .containsExactly(
                        "key " + DIRECTORY + "/key.pem",
                        "file " + DIRECTORY + "/certificate.pem",
                        "file " + DIRECTORY + "/revoked.pem");
        assertThat(openssl("crl", "-noout", "-text", "-in", file("revoked.pem")))
                .contains("CRL Number: \n                2\n")
                .containsIgnoringCase("Serial Number: " + serial);
        assertThat(checked(Path.of(file("certificate.pem")))).contains("OK");
        assertThat(checked(revoked)).contains("certificate revoked");
        assertThat(done(Map.of()).changed()).isEmpty();
    }

    @Test
    void theListIsMadeAnewWhereThatIsOrderedAndNotBefore() throws Exception {
        done(Map.of());
        now = now.plus(Duration.ofDays(300));
        function = function();
        assertThat(done(Map.of("days", Value.number(3_000))).changed()).doesNotContain(list());
        order(Order.LIST, "");
        assertThat(done(Map.of()).changed()).contains(list());
        assertThat(openssl("crl", "-noout", "-nextupdate", "-in", file("revoked.pem")))
                .contains("2028");
    }

    @Test
    void whoseCertificateWasRevokedGetsNoOtherUntilThatIsOrdered() throws Exception {
        String serial = text(done(Map.of()), "serial");
        String key = Files.readString(Path.of(file("key.pem")));
        standing.add(serial);
        function = function();
        order(Order.REVOKE, serial);
        Report.NotDone refused = notDone(Map.of());
        assertThat(refused.failure().kind()).isEqualTo("certificate-revoked");
        assertThat(refused.failure().fault()).isEqualTo(Failure.Fault.ACCESS);
        assertThat(refused.failure().hint().orElseThrow())
                .contains("ashlar pki renew kv.certificate@store-1");
        Files.delete(Path.of(file("certificate.pem")));
        notDone(Map.of());

        order(Order.RENEW, serial);
        assertThat(text(done(Map.of()), "serial")).isNotEqualTo(serial);
        assertThat(Files.readString(Path.of(file("key.pem")))).isNotEqualTo(key);
    }

    @Test
    void aRevokedKeyThatIsNotOursIsNotCertifiedAgain() throws Exception {
        Files.createDirectories(node.at("/srv/tls"));
        openssl("genrsa", "-out", node.at("/srv/tls/key.pem").toString(), "2048");
        Map<String, Value> theirs = Map.of("directory", Value.text("/srv/tls"));
        order(Order.REVOKE, text(done(theirs), "serial"));
        assertThat(notDone(theirs).failure().kind()).isEqualTo("certificate-revoked");
    }
}
