package dev.ashlar.services.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    void anAuthorityIsReplacedWithoutAMomentInWhichNobodyIsBelieved() throws Exception {
        String serial = text(done(Map.of()), "serial");
        Path certificate = Path.of(file("certificate.pem"));
        Path old = Files.copy(certificate, folder.resolve("old.crt"));
        Path bundle = Files.copy(Path.of(file("authority.pem")), folder.resolve("old-bundle.crt"));

        order(Order.BESIDE, "");
        Report.Done both = done(Map.of());
        assertThat(text(both, "serial")).isEqualTo(serial);
        assertThat(both.changed()).containsExactly(list().replace("revoked", "authority"), list());
        assertThat(subjects()).containsExactly("O=demo, CN=etcd", "O=demo, CN=etcd 2");
        assertThat(checked(certificate)).contains("OK");

        order(Order.HAND_OVER, "");
        function = function();
        assertThat(text(done(Map.of()), "serial")).isNotEqualTo(serial);
        assertThat(openssl("x509", "-noout", "-issuer", "-in", certificate.toString()))
                .contains("CN = etcd 2");
        assertThat(checked(certificate)).contains("OK");
        assertThat(checked(old)).as("who has not been told yet").contains("OK");
        assertThat(
                        attempt(
                                "openssl",
                                "verify",
                                "-CAfile",
                                bundle.toString(),
                                certificate.toString()))
                .as("who was never told of the new one")
                .contains("error");

        order(Order.RETIRE, "");
        function = function();
        assertThat(done(Map.of()).changed())
                .containsExactly(list().replace("revoked", "authority"), list());
        assertThat(subjects()).containsExactly("O=demo, CN=etcd 2");
        assertThat(checked(certificate)).contains("OK");
        assertThat(checked(old)).contains("error");
        assertThat(done(Map.of()).changed()).isEmpty();
        assertThat(AuthorityFacts.in(folder.resolve("state/pki")).getFirst().generations())
                .hasSize(2);
    }

    /// Of all that the node believes, in the order of their names.
    private List<String> subjects() throws Exception {
        return openssl("storeutl", "-noout", "-text", "-certs", file("authority.pem"))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Subject: "))
                .map(line -> line.substring("Subject: ".length()).replace(" = ", "="))
                .sorted()
                .toList();
    }

    @Test
    void whatIsRevokedStaysSoUnderAnotherCertificateOfItsAuthority() throws Exception {
        String serial = text(done(Map.of()), "serial");
        Path old = Files.copy(Path.of(file("certificate.pem")), folder.resolve("old.crt"));
        order(Order.REVOKE, serial);
        order(Order.BESIDE, "");
        done(Map.of());
        assertThat(checked(old)).contains("certificate revoked");
        order(Order.HAND_OVER, "");
        function = function();
        done(Map.of());
        assertThat(checked(old)).contains("certificate revoked");
        assertThat(openssl("crl", "-noout", "-text", "-in", file("revoked.pem")))
                .contains("CN = etcd 2")
                .containsIgnoringCase("Serial Number: " + serial);
    }

    /// A new one in its place would be believed by some and not by others.
    @Test
    void anOlderOneThatIsLostIsNotMadeAnew() throws Exception {
        done(Map.of());
        order(Order.BESIDE, "");
        done(Map.of());
        Files.delete(folder.resolve("state/pki/etcd/certificate.pem"));
        function = function();
        assertThat(notDone(Map.of()).failure().kind()).isEqualTo("authority");
        assertThat(folder.resolve("state/pki/etcd/certificate.pem")).doesNotExist();
    }

    @Test
    void aRevokedKeyThatIsNotOursIsNotCertifiedAgain() throws Exception {
        Files.createDirectories(node.at("/srv/tls"));
        openssl("genrsa", "-out", node.at("/srv/tls/key.pem").toString(), "2048");
        Map<String, Value> theirs = Map.of("directory", Value.text("/srv/tls"));
        order(Order.REVOKE, text(done(theirs), "serial"));
        assertThat(notDone(theirs).failure().kind()).isEqualTo("key-revoked");
    }
}
