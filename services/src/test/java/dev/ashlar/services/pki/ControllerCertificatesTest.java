package dev.ashlar.services.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerCertificatesTest {
    private static final Executor NO_NODES =
            (work, _) -> {
                throw new AssertionError("no node takes part: " + work);
            };

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir Path state;
    private CertificateFunction function;
    private String algorithm = "ec";

    @BeforeEach
    void make() {
        function =
                new CertificateFunction(
                        new AuthorityStore(state.resolve("pki"), "demo", () -> NOW),
                        state.resolve("access"),
                        () -> NOW);
    }

    @Test
    void putsKeyAndCertificateBesideTheClustersFile() throws Exception {
        Report.Done done = execute("client", "client");
        Path access = state.resolve("access/kv");
        assertThat(done.changed()).hasSize(4);
        assertThat(mode(access.resolve("client-key.pem"))).isEqualTo("rw-------");
        assertThat(mode(access)).isEqualTo("rwx------");
        X509Certificate certificate =
                Pem.certificate(Files.readString(access.resolve("client.pem")));
        certificate.verify(
                Pem.certificate(Files.readString(access.resolve("client-authority.pem")))
                        .getPublicKey());
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void aMachineWhoseClockIsAnHourOffTrustsThem() throws Exception {
        execute("client", "client");
        Path access = state.resolve("access/kv");
        for (String name : List.of("client.pem", "client-authority.pem")) {
            X509Certificate certificate = Pem.certificate(Files.readString(access.resolve(name)));
            for (Duration off : List.of(Duration.ofMinutes(-61), Duration.ofMinutes(61))) {
                certificate.checkValidity(java.util.Date.from(NOW.plus(off)));
            }
        }
    }

    @Test
    void changesNothingTheSecondTime() {
        Report.Done first = execute("client", "client");
        Report.Done second = execute("client", "client");
        assertThat(second.changed()).isEmpty();
        assertThat(second.outputs()).isEqualTo(first.outputs());
    }

    @Test
    void stepsOfOneUseKeepTheirFilesApart() {
        execute("client", "client");
        execute("server", "server");
        assertThat(execute("client", "client").changed()).isEmpty();
    }

    @Test
    void makesAnotherKeyWhereTheOldOneIsLostOrOpen() throws IOException {
        execute("client", "client");
        Path key = state.resolve("access/kv/client-key.pem");
        Files.delete(key);
        assertThat(execute("client", "client").changed()).hasSize(2);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(execute("client", "client").changed()).hasSize(2);
        assertThat(mode(key)).isEqualTo("rw-------");
    }

    @Test
    void makesAnRsaKeyWhereThatIsAskedFor() throws Exception {
        execute("client", "client");
        algorithm = "rsa";
        assertThat(execute("client", "client").changed()).hasSize(2);
        assertThat(execute("client", "client").changed()).isEmpty();
        Path access = state.resolve("access/kv");
        X509Certificate certificate =
                Pem.certificate(Files.readString(access.resolve("client.pem")));
        assertThat(Keys.algorithm(certificate.getPublicKey())).isEqualTo("RSA 3072");
        assertThat(certificate.getKeyUsage()[2]).as("keys may be sent to it").isTrue();
    }

    @Test
    void undoRemovesItsFilesAndTheEmptyFolder() {
        Report.Done done = execute("client", "client");
        Work.Undo undo =
                new Work.Undo(
                        InstanceKey.ofCluster("kv", "client"),
                        "undo-1",
                        Optional.empty(),
                        done.owned(),
                        Duration.ofMinutes(1));
        assertThat(CertificateFunction.undoes(undo)).isTrue();
        assertThat(function.undo(undo, false, NO_NODES)).isInstanceOf(Report.Done.class);
        assertThat(state.resolve("access/kv")).doesNotExist();
        assertThat(function.undo(undo, false, NO_NODES)).isInstanceOf(Report.Done.class);
    }

    @Test
    void authoritiesThatCannotBeReadAreToldWithTheirPlace() throws IOException {
        execute("client", "client");
        Files.writeString(state.resolve("pki/etcd/key.pem"), "gone");
        make();
        Report report = call("client", "client");
        assertThat(report)
                .isInstanceOfSatisfying(
                        Report.NotDone.class,
                        n -> assertThat(n.failure().message()).contains("pki/etcd"));
    }

    private Report.Done execute(String step, String usage) {
        Report report = call(step, usage);
        assertThat(report).isInstanceOf(Report.Done.class);
        return (Report.Done) report;
    }

    private Report call(String step, String usage) {
        SequencedMap<String, Value> arguments = new LinkedHashMap<>();
        arguments.put("authority", Value.text("etcd"));
        arguments.put("names", Value.list(List.of(Value.text("operator"))));
        arguments.put("usage", Value.text(usage));
        arguments.put("algorithm", Value.text(algorithm));
        return function.execute(
                new Work.Call(
                        InstanceKey.ofCluster("kv", step),
                        "intent-1",
                        Optional.empty(),
                        CertificateFunction.WORD,
                        arguments,
                        Duration.ofMinutes(1)),
                false,
                NO_NODES);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
