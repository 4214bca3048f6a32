package dev.ashlar.services.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Authorities;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A node, the controller's side of it, and what openssl makes of what they come to.
abstract class IssuingTest {
    static final String DIRECTORY = "/etc/ashlar/pki/kv.certificate";
    static final List<String> NAMES = List.of("store-1", "10.77.0.11", "localhost", "::1");

    @TempDir Path folder;
    LocalNode node;
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    Authorities orders = Authorities.NONE;
    CertificateFunction function;

    /// How the function reaches the node.
    Executor way = (work, again) -> node.execute(work, again);

    @BeforeEach
    void make() throws IOException {
        node = new LocalNode(Files.createDirectory(folder.resolve("node")));
        node.tamper =
                answer -> {
                    Map<String, String> changed = new HashMap<>(answer);
                    changed.replace("clock", Long.toString(now.getEpochSecond()));
                    return changed;
                };
        function = function();
    }

    CertificateFunction function() {
        Path state = folder.resolve("state");
        return new CertificateFunction(
                new AuthorityStore(state.resolve("pki"), "demo", () -> now, () -> orders),
                state.resolve("access"),
                () -> now);
    }

    void answering(String name, String value) {
        node.tamper =
                answer -> {
                    Map<String, String> changed = new HashMap<>(answer);
                    changed.replace("clock", Long.toString(now.getEpochSecond()));
                    changed.put(name, value);
                    return changed;
                };
    }

    Report.Done done(Map<String, Value> arguments) {
        Report report = execute(arguments);
        assertThat(report).isInstanceOf(Report.Done.class);
        return (Report.Done) report;
    }

    Report.NotDone notDone(Map<String, Value> arguments) {
        Report report = execute(arguments);
        assertThat(report).isInstanceOf(Report.NotDone.class);
        return (Report.NotDone) report;
    }

    Report execute(Map<String, Value> changes) {
        SequencedMap<String, Value> arguments = new LinkedHashMap<>();
        arguments.put("authority", Value.text("etcd"));
        arguments.put("names", texts(NAMES.toArray(String[]::new)));
        arguments.put("owner", Value.text(System.getProperty("user.name")));
        arguments.putAll(changes);
        return function.execute(
                new Work.Call(
                        key(),
                        "intent-7",
                        Optional.of("store-1"),
                        CertificateFunction.WORD,
                        arguments,
                        Duration.ofMinutes(1)),
                false,
                way);
    }

    static InstanceKey key() {
        return InstanceKey.onNode("kv", "certificate", "store-1");
    }

    static Value texts(String... texts) {
        return Value.list(Stream.of(texts).map(Value::text).toList());
    }

    static String text(Report.Done done, String name) {
        Value value = done.outputs().get(name);
        return value != null && value.data() instanceof Data.Text(String text) ? text : "none";
    }

    String file(String name) {
        return node.at(DIRECTORY).resolve(name).toString();
    }

    String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file(name))));
    }

    /// What the real tool says; with the time the test lives in.
    String openssl(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        if (arguments[0].equals("verify")) {
            command.addAll(2, List.of("-attime", soon()));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private String soon() {
        return Long.toString(now.plus(Duration.ofHours(1)).getEpochSecond());
    }

    static String list() {
        return "file " + DIRECTORY + "/revoked.pem";
    }

    void order(Order order, String serial) {
        SortedMap<String, String> certificates = new TreeMap<>();
        if (!serial.isEmpty()) {
            certificates.put(serial, key().toString());
        }
        orders = orders.with(new AuthorityOrdered("etcd", order, certificates, "", "ann", 5));
    }

    /// What openssl makes of a certificate, by what the node was given.
    String checked(Path certificate) throws Exception {
        return attempt(
                "openssl",
                "verify",
                "-attime",
                soon(),
                "-crl_check",
                "-CRLfile",
                file("revoked.pem"),
                "-CAfile",
                file("authority.pem"),
                certificate.toString());
    }

    static String attempt(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
