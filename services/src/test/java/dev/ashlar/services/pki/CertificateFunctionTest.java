package dev.ashlar.services.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.ServiceFunction;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class CertificateFunctionTest extends IssuingTest {
    @Test
    void makesTheKeyOnTheNodeAndSignsWhatTheStepAsksFor() throws Exception {
        Report.Done done = done(Map.of());
        assertThat(done.outputs().keySet())
                .isEqualTo(ServiceFunction.PKI_CERTIFICATE.outputs().keySet());
        assertThat(text(done, "key")).isEqualTo(DIRECTORY + "/key.pem");
        assertThat(openssl("verify", "-CAfile", file("authority.pem"), file("certificate.pem")))
                .contains("OK");
        String shown = openssl("x509", "-noout", "-text", "-in", file("certificate.pem"));
        assertThat(shown)
                .contains("DNS:store-1", "IP Address:10.77.0.11", "DNS:localhost")
                .contains("IP Address:0:0:0:0:0:0:0:1")
                .contains("TLS Web Server Authentication, TLS Web Client Authentication")
                .contains("Subject: CN = store-1")
                .contains("Issuer: O = demo, CN = etcd")
                .contains("CA:FALSE")
                .contains("Not Before: Nov 22 10:00:00 2026 GMT");
        assertThat(text(done, "not_after")).isEqualTo("2027-11-22T12:00:00Z");
        assertThat(text(done, "serial")).matches("[0-9a-f]{32}");
        String ofKey = openssl("pkey", "-in", file("key.pem"), "-pubout");
        assertThat(openssl("x509", "-noout", "-pubkey", "-in", file("certificate.pem")))
                .isEqualTo(ofKey);
        assertThat(mode("key.pem")).isEqualTo("rw-------");
        assertThat(done.changed())
                .containsExactly(
                        "directory " + DIRECTORY,
                        "key " + DIRECTORY + "/key.pem",
                        "file " + DIRECTORY + "/certificate.pem",
                        "file " + DIRECTORY + "/authority.pem",
                        "file " + DIRECTORY + "/revoked.pem");
    }

    @Test
    void theKeyNeverReachesTheController() throws IOException {
        done(Map.of());
        String secret =
                Files.readString(Path.of(file("key.pem")))
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow();
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(f -> assertThat(Files.readString(f)).doesNotContain(secret));
        }
    }

    @Test
    void changesNothingWhileTheCertificateStillDoes() {
        Report.Done first = done(Map.of());
        now = now.plus(Duration.ofDays(200));
        function = function();
        Report.Done second = done(Map.of());
        assertThat(second.changed()).isEmpty();
        assertThat(second.outputs()).isEqualTo(first.outputs());
        assertThat(second.owned()).isEqualTo(first.owned());
    }

    @Test
    void issuesAnewWithTheSameKeyWhenWhatIsAskedForChanges() throws IOException {
        done(Map.of());
        String key = Files.readString(Path.of(file("key.pem")));
        List<Map<String, Value>> asked =
                List.of(
                        Map.of("names", texts("store-1", "etcd.example")),
                        Map.of("usage", Value.text("client")),
                        Map.of("common_name", Value.text("someone, O=else")),
                        Map.of("authority", Value.text("other")));
        for (Map<String, Value> arguments : asked) {
            Report.Done again = done(arguments);
            assertThat(again.changed()).contains("file " + DIRECTORY + "/certificate.pem");
            assertThat(done(arguments).changed()).isEmpty();
        }
        assertThat(Files.readString(Path.of(file("key.pem")))).isEqualTo(key);
    }

    @Test
    void issuesAnewInTheLastThirdOfItsLife() {
        String first = text(done(Map.of()), "serial");
        now = now.plus(Duration.ofDays(365 * 2 / 3 + 1));
        assertThat(text(done(Map.of()), "serial")).isNotEqualTo(first);
    }

    @Test
    void anRsaKeyIsMadeWhereOneIsAskedForAlsoInThePlaceOfAnother() throws Exception {
        done(Map.of());
        Map<String, Value> rsa = Map.of("algorithm", Value.text("rsa"));
        Report.Done done = done(rsa);
        assertThat(done.changed())
                .contains(
                        "key " + DIRECTORY + "/key.pem", "file " + DIRECTORY + "/certificate.pem");
        assertThat(openssl("x509", "-noout", "-text", "-in", file("certificate.pem")))
                .contains("Public-Key: (3072 bit)", "Digital Signature, Key Encipherment");
        assertThat(openssl("verify", "-CAfile", file("authority.pem"), file("certificate.pem")))
                .contains("OK");
        assertThat(done(rsa).changed()).isEmpty();
    }

    @Test
    void aKeyOfAnotherKindThatWasThereBeforeIsTakenAsItIs() throws Exception {
        Files.createDirectories(node.at("/srv/tls"));
        openssl("genrsa", "-out", node.at("/srv/tls/key.pem").toString(), "2048");
        done(Map.of("directory", Value.text("/srv/tls")));
        assertThat(
                        openssl(
                                "x509",
                                "-noout",
                                "-text",
                                "-in",
                                node.at("/srv/tls/certificate.pem").toString()))
                .contains("Public-Key: (2048 bit)");
    }

    @Test
    void nothingIsIssuedWhereTheClockIsWrong() {
        for (long wrong : List.of(-3_600L, 3_600L)) {
            answering("clock", Long.toString(now.plusSeconds(wrong).getEpochSecond()));
            Report.NotDone refused = notDone(Map.of());
            assertThat(refused.failure().kind()).isEqualTo("clock-skew");
            assertThat(refused.failure().fault()).isEqualTo(Failure.Fault.NODE);
            assertThat(refused.failure().message())
                    .contains("store-1 is ", wrong < 0 ? "behind" : "ahead", "the 60 s allowed");
            assertThat(refused.failure().hint().orElseThrow()).contains("chrony");
            assertThat(node.at(DIRECTORY).resolve("certificate.pem")).doesNotExist();
        }
        done(Map.of("max_skew", Value.number(4_000)));
    }

    @Test
    void whatPassesWhileTheNodeIsAskedIsNotItsFault() {
        Instant told = Instant.parse("2026-11-22T12:00:30Z");
        String seconds = Long.toString(told.getEpochSecond());
        assertThat(Skew.of(seconds, told.minusSeconds(500), told.plusSeconds(500)))
                .isEqualTo(new Skew(Duration.ZERO, Duration.ZERO));
        assertThat(Skew.of(seconds, told.plusSeconds(70), told.plusSeconds(90)).behind())
                .isEqualTo(Duration.ofSeconds(69));
        assertThat(Skew.of(seconds, told.minusSeconds(90), told.minusSeconds(70)).ahead())
                .isEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void theOrderOfNamesDoesNotMatter() {
        done(Map.of());
        Map<String, Value> turned =
                Map.of(
                        "names", texts("localhost", "0:0:0:0:0:0:0:1", "Store-1", "10.77.0.11"),
                        "common_name", Value.text("store-1"));
        assertThat(done(turned).changed()).isEmpty();
    }

    @Test
    void aRequestGetsNoNamesButTheStepsOwn() throws Exception {
        KeyPair greedy = Keys.generate();
        var extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "bank.example")));
        var builder =
                new JcaPKCS10CertificationRequestBuilder(
                        Names.subject("bank.example"), greedy.getPublic());
        builder.addAttribute(
                org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                extensions.generate());
        byte[] request =
                builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(greedy.getPrivate()))
                        .getEncoded();
        answering("request", Base64.getEncoder().encodeToString(request));
        done(Map.of("names", texts("store-1"), "usage", Value.text("client")));
        assertThat(openssl("x509", "-noout", "-text", "-in", file("certificate.pem")))
                .contains("DNS:store-1", "TLS Web Client Authentication")
                .doesNotContain("bank.example", "Server Authentication");
    }

    @Test
    void refusesARequestWhoseSignatureIsWrong() {
        node.tamper =
                answer -> {
                    byte[] der = Base64.getDecoder().decode(answer.get("request"));
                    der[der.length - 3] ^= 1;
                    Map<String, String> changed = new HashMap<>(answer);
                    changed.replace("clock", Long.toString(now.getEpochSecond()));
                    changed.put("request", Base64.getEncoder().encodeToString(der));
                    return changed;
                };
        assertThat(notDone(Map.of()).failure().message()).contains("signing request");
        assertThat(node.at(DIRECTORY).resolve("certificate.pem")).doesNotExist();
    }

    @Test
    void refusesARequestThatIsNone() {
        for (String request : List.of("", "%%%", "AAAA", "A".repeat(100_000))) {
            answering("request", request);
            assertThat(notDone(Map.of()).failure().kind()).isEqualTo("certificate-request");
        }
    }

    @Test
    void replacesACertificateThatIsNotOurs() throws IOException {
        String first = text(done(Map.of()), "serial");
        Files.writeString(Path.of(file("certificate.pem")), "nonsense");
        Report.Done again = done(Map.of());
        assertThat(text(again, "serial")).isNotEqualTo(first);
        assertThat(again.changed()).containsExactly("file " + DIRECTORY + "/certificate.pem");
    }

    @Test
    void saysHowToGetAMissingOpenssl() throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        node.path = tools.toString();
        Report.NotDone refused = notDone(Map.of());
        assertThat(refused.failure().kind()).isEqualTo("openssl-missing");
        assertThat(refused.failure().hint().orElseThrow()).contains("package: { name: openssl }");
        assertThat(refused.owned()).extracting(Owned::kind).containsExactly("directory");
    }

    @Test
    void saysWhichUserIsMissing() {
        Report.NotDone refused = notDone(Map.of("owner", Value.text("nobody-of-that-name")));
        assertThat(refused.failure().message()).contains("nobody-of-that-name");
    }

    @Test
    void aDirectoryOfTheStepsOwnMustBeThere() throws IOException {
        Map<String, Value> elsewhere = Map.of("directory", Value.text("/srv/tls"));
        assertThat(notDone(elsewhere).failure().kind()).isEqualTo("directory-missing");
        Files.createDirectories(node.at("/srv/tls"));
        assertThat(text(done(elsewhere), "key")).isEqualTo("/srv/tls/key.pem");
    }

    @Test
    void mendsTheModeOfAKeyThatWasOpened() throws IOException {
        done(Map.of());
        Files.setPosixFilePermissions(
                Path.of(file("key.pem")), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(done(Map.of()).changed()).containsExactly("key " + DIRECTORY + "/key.pem");
        assertThat(mode("key.pem")).isEqualTo("rw-------");
    }

    @Test
    void undoTakesBackTheKeyItMadeAndLeavesOneThatWasThere() throws Exception {
        Files.createDirectories(node.at("/srv/tls"));
        Path theirs = node.at("/srv/tls/key.pem");
        openssl(
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-out",
                theirs.toString());
        List<Owned> kept = done(Map.of("directory", Value.text("/srv/tls"))).owned();
        List<Owned> made = done(Map.of()).owned();
        for (List<Owned> owned : List.of(kept, made)) {
            Work.Undo undo =
                    new Work.Undo(
                            key(), "undo-1", Optional.of("store-1"), owned, Duration.ofMinutes(1));
            assertThat(CertificateFunction.undoes(undo)).isTrue();
            assertThat(function.undo(undo, false, node)).isInstanceOf(Report.Done.class);
        }
        assertThat(theirs).exists();
        assertThat(node.at("/srv/tls/certificate.pem")).doesNotExist();
        assertThat(node.at(DIRECTORY)).doesNotExist();
    }

    @Test
    void wrongArgumentsAreRefusedBeforeTheNodeIsTouched() {
        List<Map<String, Value>> wrong =
                List.of(
                        Map.of("names", texts()),
                        Map.of("names", texts("a b")),
                        Map.of("names", texts("10.1")),
                        Map.of("names", texts("1.2.3.400")),
                        Map.of("names", texts("fe80::1%eth0")),
                        Map.of("names", texts("-dash")),
                        Map.of("names", texts("x".repeat(64) + ".example")),
                        Map.of("authority", Value.text("../up")),
                        Map.of("authority", Value.text("a".repeat(61))),
                        Map.of("usage", Value.text("everything")),
                        Map.of("days", Value.number(0)),
                        Map.of("algorithm", Value.text("dsa")),
                        Map.of("max_skew", Value.number(0)),
                        Map.of("common_name", Value.text("n".repeat(65))),
                        Map.of("directory", Value.text("relative")));
        for (Map<String, Value> arguments : wrong) {
            assertThat(notDone(arguments).failure().kind())
                    .as("%s", arguments)
                    .isEqualTo("certificate-arguments");
        }
        assertThat(node.intents).isEmpty();
    }

    @Test
    void itsPartsHaveIntentsOfTheirOwn() {
        done(Map.of());
        assertThat(node.intents)
                .containsExactly("intent-7-directory", "intent-7-key", "intent-7-files");
    }
}
