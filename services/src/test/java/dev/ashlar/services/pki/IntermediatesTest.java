package dev.ashlar.services.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.services.pki.Intermediates.Outcome.Accepted;
import dev.ashlar.services.pki.Intermediates.Outcome.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Authorities that a root signs which is kept elsewhere: openssl is that root, and judges.
class IntermediatesTest extends IssuingTest {
    private static final String NAME = "etcd";

    private Path offline;

    /// By the real clock, as openssl signs by no other.
    @BeforeEach
    void aRootElsewhere() throws Exception {
        now = Instant.now();
        function = function();
        offline = Files.createDirectory(folder.resolve("offline"));
        root("root", "/CN=A root", List.of());
    }

    private void root(String name, String subject, List<String> options) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "req",
                                "-x509",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-nodes",
                                "-days",
                                "7000",
                                "-subj",
                                subject,
                                "-keyout",
                                at(name + ".key"),
                                "-out",
                                at(name + ".pem")));
        words.addAll(options);
        openssl(words.toArray(String[]::new));
    }

    private String at(String file) {
        return offline.resolve(file).toString();
    }

    private Intermediates intermediates() {
        return new Intermediates(folder.resolve("state/pki"), "demo", orders);
    }

    /// What the root makes of a request.
    private String signed(String request, String root, String... options) throws Exception {
        Files.writeString(offline.resolve("request.csr"), request);
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "x509",
                                "-req",
                                "-in",
                                at("request.csr"),
                                "-CA",
                                at(root + ".pem"),
                                "-CAkey",
                                at(root + ".key"),
                                "-CAcreateserial",
                                "-out",
                                at("signed.pem")));
        words.addAll(List.of(options));
        openssl(words.toArray(String[]::new));
        return Files.readString(offline.resolve("signed.pem"));
    }

    private String signed(String request) throws Exception {
        return signed(request, "root", "-days", "3000", "-copy_extensions", "copy");
    }

    private String pem(String name) throws Exception {
        return Files.readString(offline.resolve(name + ".pem"));
    }

    private List<String> refused(String pem) throws Exception {
        Intermediates.Outcome outcome = intermediates().accept(NAME, pem, false, Instant.now());
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).problems();
    }

    /// As whoever knows the root alone, and is shown what the node shows.
    private String believedByRoot() throws Exception {
        return attempt(
                "openssl",
                "verify",
                "-CAfile",
                at("root.pem"),
                "-untrusted",
                file("certificate.pem"),
                file("certificate.pem"));
    }

    private long certificatesIn(String file) throws Exception {
        return Files.readString(Path.of(file(file)))
                .lines()
                .filter(line -> line.equals("-----BEGIN CERTIFICATE-----"))
                .count();
    }

    @Test
    void aRootThatIsNeverHereComesInThePlaceOfAnAuthorityWithoutAMomentOfDoubt() throws Exception {
        String before = text(done(Map.of()), "serial");
        Path certificate = Path.of(file("certificate.pem"));
        assertThat(believedByRoot()).contains("error");
        String request = intermediates().request(NAME);
        assertThat(intermediates().request(NAME)).as("the same").isEqualTo(request);
        assertThat(intermediates().isUnsigned(NAME)).isTrue();
        // In any order, and with what people read.
        assertThat(
                        intermediates()
                                .accept(
                                        NAME,
                                        "our root:\n" + pem("root") + signed(request),
                                        false,
                                        Instant.now()))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        one -> {
                            assertThat(one.subject()).isEqualTo("CN=etcd 2,O=demo");
                            assertThat(one.root()).isEqualTo("CN=A root");
                            assertThat(one.alike()).isEmpty();
                        });
        assertThat(intermediates().isUnsigned(NAME)).isFalse();
        assertThat(done(Map.of()).changed()).as("nobody is shown it yet").isEmpty();

        order(Order.BESIDE, "");
        assertThat(text(done(Map.of()), "serial")).isEqualTo(before);
        assertThat(certificatesIn("authority.pem")).as("the old, the new, its root").isEqualTo(3);
        assertThat(checked(certificate)).contains("OK");

        order(Order.HAND_OVER, "");
        function = function();
        assertThat(text(done(Map.of()), "serial")).isNotEqualTo(before);
        assertThat(certificatesIn("certificate.pem")).isEqualTo(2);
        assertThat(checked(certificate)).contains("OK");
        assertThat(believedByRoot()).contains("OK");

        order(Order.RETIRE, "");
        function = function();
        done(Map.of());
        assertThat(certificatesIn("authority.pem")).isEqualTo(2);
        assertThat(checked(certificate)).contains("OK");
        assertThat(done(Map.of()).changed()).isEmpty();
        List<AuthorityFacts.Generation> own =
                AuthorityFacts.in(folder.resolve("state/pki")).getFirst().generations();
        assertThat(own.getFirst().signedBy()).isEmpty();
        assertThat(own.getLast().signedBy()).contains("CN=A root");
        assertThat(own.getLast().until()).isBefore(now.plus(java.time.Duration.ofDays(3_001)));
    }

    @Test
    void theFirstCertificateOfAnAuthorityMayBeSignedToo() throws Exception {
        String request = intermediates().request(NAME);
        var waits = notDone(Map.of()).failure();
        assertThat(waits.kind()).isEqualTo("authority-unsigned");
        assertThat(waits.hint().orElseThrow()).contains("ashlar pki accept etcd", "--withdraw");
        assertThat(
                        intermediates()
                                .accept(NAME, signed(request) + pem("root"), false, Instant.now()))
                .isInstanceOf(Accepted.class);
        function = function();
        done(Map.of());
        assertThat(believedByRoot()).contains("OK");
        assertThat(intermediates().request(NAME)).as("the next one").isNotEqualTo(request);
        assertThat(intermediates().withdraw(NAME)).isTrue();
        assertThat(intermediates().withdraw(NAME)).isFalse();
    }

    /// What a client shows must not let it in as a member.
    @Test
    void twoAuthoritiesByOneRootWouldBeOne() throws Exception {
        String other = signed(intermediates().request("clients")) + pem("root");
        assertThat(intermediates().accept("clients", other, false, Instant.now()))
                .isInstanceOf(Accepted.class);
        String own = signed(intermediates().request(NAME)) + pem("root");
        assertThat(refused(own))
                .containsExactly(
                        "its root is that of clients too, and what the one issues would be taken for the other's");
        assertThat(intermediates().accept(NAME, own, true, Instant.now()))
                .isInstanceOf(Accepted.class);
        done(Map.of());
        String next = signed(intermediates().request(NAME)) + pem("root");
        assertThat(intermediates().accept(NAME, next, true, Instant.now()))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        one -> assertThat(one.alike()).containsExactly("CN=etcd,O=demo"));
    }

    /// The same key, certified once more: whoever believes the one believes the other.
    @Test
    void aRootIsItsKey() throws Exception {
        String other = signed(intermediates().request("clients")) + pem("root");
        assertThat(intermediates().accept("clients", other, false, Instant.now()))
                .isInstanceOf(Accepted.class);
        openssl(
                "req",
                "-x509",
                "-key",
                at("root.key"),
                "-days",
                "8000",
                "-subj",
                "/CN=A root",
                "-out",
                at("again.pem"));
        assertThat(refused(signed(intermediates().request(NAME)) + pem("again")))
                .singleElement()
                .asString()
                .contains("that of clients too");
    }

    /// Who signs may call the key something of his own, and programs look for that.
    @Test
    void whatItIssuesNamesItsKeyAsItsOwnCertificateDoes() throws Exception {
        Files.writeString(
                offline.resolve("own.cnf"),
                """
                subjectKeyIdentifier=00:11:22:33:44
                basicConstraints=critical,CA:TRUE
                keyUsage=critical,keyCertSign,cRLSign
                """);
        String own =
                signed(
                        intermediates().request(NAME),
                        "root",
                        "-days",
                        "3000",
                        "-extfile",
                        at("own.cnf"));
        assertThat(intermediates().accept(NAME, own + pem("root"), false, Instant.now()))
                .isInstanceOf(Accepted.class);
        done(Map.of());
        assertThat(openssl("x509", "-noout", "-text", "-in", file("certificate.pem")))
                .contains("00:11:22:33:44");
        assertThat(checked(Path.of(file("certificate.pem")))).contains("OK");
        assertThat(believedByRoot()).contains("OK");
    }

    /// One of two ways leads nowhere, and one goes on beyond the root.
    @Test
    void ofSeveralWaysOneThatEndsAtARootIsTaken() throws Exception {
        root("beyond", "/CN=Beyond", List.of());
        openssl(
                "req",
                "-new",
                "-key",
                at("root.key"),
                "-subj",
                "/CN=A root",
                "-addext",
                "basicConstraints=critical,CA:TRUE",
                "-out",
                at("cross.csr"));
        String cross =
                signed(
                        Files.readString(offline.resolve("cross.csr")),
                        "beyond",
                        "-days",
                        "3000",
                        "-copy_extensions",
                        "copy");
        String own = signed(intermediates().request(NAME));
        assertThat(intermediates().accept(NAME, cross + own + pem("root"), false, Instant.now()))
                .isInstanceOfSatisfying(
                        Accepted.class, one -> assertThat(one.root()).isEqualTo("CN=A root"));
    }

    @Test
    void whatIsWithdrawnIsMadeHereAsEver() throws Exception {
        intermediates().request(NAME);
        assertThat(intermediates().withdraw(NAME)).isTrue();
        done(Map.of());
        assertThat(certificatesIn("certificate.pem")).isEqualTo(1);
    }

    /// HAProxy wants a list of everybody on the way to the root.
    @Test
    void whatThoseAboveHaveRevokedIsHandedOn() throws Exception {
        Files.writeString(offline.resolve("index"), "");
        Files.writeString(
                offline.resolve("ca.cnf"),
                "[ca]\ndefault_ca=a\n[a]\ndatabase=%s\ndefault_md=sha256\n".formatted(at("index")));
        openssl(
                "ca",
                "-config",
                at("ca.cnf"),
                "-gencrl",
                "-crldays",
                "3000",
                "-cert",
                at("root.pem"),
                "-keyfile",
                at("root.key"),
                "-out",
                at("root.crl"));
        String all =
                signed(intermediates().request(NAME))
                        + pem("root")
                        + Files.readString(offline.resolve("root.crl"));
        assertThat(intermediates().accept(NAME, all, false, Instant.now()))
                .isInstanceOf(Accepted.class);
        done(Map.of());
        assertThat(
                        openssl(
                                "verify",
                                "-crl_check_all",
                                "-CRLfile",
                                file("revoked.pem"),
                                "-CAfile",
                                file("authority.pem"),
                                file("certificate.pem")))
                .contains("OK");
    }

    @Test
    void whatWouldNotBeBelievedIsRefusedAndNothingIsChanged() throws Exception {
        assertThat(refused(pem("root"))).containsExactly("nothing was asked for");
        String request = intermediates().request(NAME);
        Path key = folder.resolve("state/pki/_requests/etcd/1/key.pem");
        String own = Files.readString(key);
        Files.writeString(key, Pem.of(Keys.generate().getPrivate()));
        assertThat(refused(signed(request) + pem("root")))
                .containsExactly(
                        "the key of what was asked for is lost, or another: withdraw that, and ask anew");
        Files.writeString(key, own);
        assertThat(refused("hello")).singleElement().asString().contains("none of its");
        assertThat(refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
                .singleElement()
                .asString()
                .contains("cannot be read");
        assertThat(refused(pem("root"))).singleElement().asString().contains("for the key");
        assertThat(refused(signed(request)))
                .singleElement()
                .asString()
                .contains("ends with CN=etcd,O=demo, which was signed by CN=A root");
        assertThat(refused(signed(request, "root", "-days", "10") + pem("root")))
                .contains("CN=etcd,O=demo is no authority's: CA:TRUE is not in it");

        root(
                "strict",
                "/CN=Strict",
                List.of("-addext", "basicConstraints=critical,CA:TRUE,pathlen:0"));
        String under = signed(request, "strict", "-days", "10", "-copy_extensions", "copy");
        assertThat(refused(under + pem("strict")))
                .containsExactly(
                        "CN=Strict allows 0 authorities below it, and there are 1 (pathlen)");
        String same =
                signed(request, "root", "-subj", "/CN=", "-days", "10", "-copy_extensions", "copy");
        assertThat(refused(same + pem("root"))).isNotEmpty();
        Files.writeString(
                offline.resolve("narrow.cnf"),
                """
                basicConstraints=critical,CA:TRUE
                keyUsage=keyCertSign,cRLSign
                extendedKeyUsage=serverAuth
                nameConstraints=permitted;DNS:acme.test
                """);
        String narrow =
                signed(request, "root", "-days", "10", "-sha1", "-extfile", at("narrow.cnf"));
        assertThat(refused(narrow + pem("root")))
                .hasSize(3)
                .anyMatch(one -> one.contains("signed with SHA1withECDSA"))
                .anyMatch(one -> one.contains("extendedKeyUsage"))
                .anyMatch(one -> one.contains("nameConstraints"));
        Instant later = Instant.now().plus(java.time.Duration.ofDays(4_000));
        assertThat(intermediates().accept(NAME, signed(request) + pem("root"), false, later))
                .isInstanceOfSatisfying(
                        Refused.class,
                        one ->
                                assertThat(one.problems())
                                        .singleElement()
                                        .asString()
                                        .startsWith("CN=etcd,O=demo has ended at"));
        assertThat(intermediates().isUnsigned(NAME)).isTrue();
    }
}
