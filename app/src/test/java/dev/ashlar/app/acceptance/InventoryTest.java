package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.model.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same pack on machines that exist and are listed by hand, under a user who is not root.
@Tag("lab")
class InventoryTest {
    private static final List<String> NODES = List.of("store-1", "store-2", "store-3");

    /// What a person would miss: files with their modes, owners and bytes, packages, units, and
    /// what of it runs. Left out is what apt and dpkg keep for themselves, the users that packages
    /// make and never take away, and data, which stays unless its loss is named.
    private static final String MANIFEST =
            """
            everything() {
                find /etc /srv /opt /usr/local /home /usr/bin /usr/sbin /lib/systemd/system \
                    \\( -path '/etc/passwd*' -o -path '/etc/shadow*' -o -path '/etc/group*' \
                    -o -path '/etc/gshadow*' -o -path '/etc/ld.so.cache' \
                    -o -name .sudo_as_admin_successful \\) -prune -o "$@"
            }
            everything -printf '%p %y %m %U:%G %l\\n' | sort
            everything -type f -exec sha256sum '{}' + | sort -k 2
            dpkg-query -W -f='${Package} ${Version} ${Status}\\n'
            systemctl list-unit-files --no-pager --no-legend
            systemctl list-units --type=service --state=running --no-pager --no-legend --plain
            """;

    private final Sandbox sandbox = Sandbox.ofExample();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    @BeforeEach
    void makeMachinesAndListThem() throws IOException {
        writePack();
        sandbox.run("lab", "up", "etcd").expect(0);
        String key = sandbox.folder().resolve("etcd/sites/key").toString();
        Files.createDirectories(sandbox.folder().resolve("etcd/sites"));
        Host.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).expect(0);
        StringBuilder site = new StringBuilder("site: mine\nproviders:\n");
        site.append("  default:\n    kind: inventory\n    machines:\n");
        for (String node : NODES) {
            Machine machine = sandbox.machine(node);
            machine.run("useradd --create-home --shell /bin/bash admin");
            machine.write(
                    Path.of("/etc/sudoers.d/admin"), "admin ALL=(ALL) NOPASSWD: ALL\n", "0440");
            machine.write(
                    Path.of("/home/admin/.ssh/authorized_keys"),
                    sandbox.read("etcd/sites/key.pub"),
                    "0644");
            machine.write(Path.of("/etc/was-there"), "mine\n", "0600");
            machine.run("chown admin /etc/was-there");
            site.append(
                    "      %s: { address: %s, user: admin, sudo: true, identity: key, host_keys: [\"%s\"] }\n"
                            .formatted(
                                    node,
                                    machine.run("hostname -I | cut -d' ' -f1"),
                                    machine.run(
                                            "cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub")));
        }
        sandbox.write("etcd/sites/mine.yaml", site.toString());
        // One of them has one of the pack's packages already.
        sandbox.machine(NODES.getFirst())
                .run("DEBIAN_FRONTEND=noninteractive apt-get -qq -y install etcd-client");
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void theSamePackRunsThereAndDownPutsBackWhatWas() throws IOException {
        Map<String, List<String>> before = manifests();

        Finished up = sandbox.verb("up", "--site", "mine", "--yes").expect(0);

        EtcdCluster.printedBy(sandbox, up).expectHealthy();
        for (String node : NODES) {
            Machine machine = sandbox.machine(node);
            expectFiles(machine);
            assertThat(machine.run("journalctl -u ssh --no-pager | grep Accepted"))
                    .contains("Accepted publickey for admin")
                    .doesNotContain("for root");
        }
        expectGatheredOnTheChosenNodeAlone();
        assertThat(sandbox.verb("up", "--site", "mine").expect(0).err()).contains("Nothing to do");
        sandbox.verb("up", "--site", "mine", "--verify").expect(0);

        // Another folder takes over, with the key where it has it.
        Sandbox.copy(sandbox.cluster(), sandbox.folder().resolve("clone"));
        Files.delete(sandbox.cluster().resolve("sites/key"));
        assertThat(sandbox.run("up", "clone", "--site", "mine").expect(7).err())
                .contains("store-1 answers to another state");
        sandbox.run("adopt", "clone", "--site", "mine").expect(0);
        assertThat(sandbox.run("up", "clone", "--site", "mine").expect(0).err())
                .contains("Nothing to do");

        // Taken back is what was made, whatever the pack says by now.
        sandbox.write(
                "clone/packs/files/odd.yaml",
                sandbox.read("clone/packs/files/odd.yaml")
                        .replace("/srv/odd/large.bin", "/srv/odd/huge"));
        assertThat(sandbox.run("down", "clone", "--site", "mine", "--yes").expect(0).err())
                .contains("directory /var/lib/etcd/kv: left in place");

        Map<String, List<String>> after = manifests();
        for (String node : NODES) {
            List<String> was = before.getOrDefault(node, List.of());
            List<String> is = after.getOrDefault(node, List.of());
            assertThat(was).hasSizeGreaterThan(500);
            assertThat(sandbox.machine(node).run("ls /var/lib/etcd/kv")).isEqualTo("member");
            assertThat(is.stream().anyMatch(line -> line.startsWith("etcd-client ")))
                    .as("etcd-client on %s", node)
                    .isEqualTo(node.equals(NODES.getFirst()));
            assertThat(sandbox.machine(node).run("cd /var/lib/ashlar && ls"))
                    .doesNotContain("claims", "copies");
            assertThat(is.stream().filter(line -> !was.contains(line)))
                    .as("new %s", node)
                    .isEmpty();
            assertThat(was.stream().filter(line -> !is.contains(line)))
                    .as("lost %s", node)
                    .isEmpty();
        }
    }

    @Test
    void dataGoesWhereItsLossIsNamedAndNowhereElse() {
        writeKeepers(3);
        Map<String, List<String>> before = manifests();
        sandbox.verb("up", "--site", "mine", "--yes").expect(0);
        NODES.forEach(node -> sandbox.machine(node).run("echo precious >/srv/precious/data/file"));

        assertThat(down("--yes", "--yes-wipe", "precious,store").expect(3).err())
                .contains(
                        "error: --yes-wipe store names no data that this run would leave",
                        "help: it would leave precious@store-1 (directory /srv/precious/data)")
                .doesNotContain("--yes-wipe precious names");
        assertThat(down("--dry-run", "--yes-wipe", "precious@store-2").expect(0).out())
                .contains(
                        """
                        Destroys data:
                          - precious: directory /srv/precious/data @ store-2
                        Leaves data in place (--yes-wipe NAME destroys it):
                            precious: directory /srv/precious/data @ store-1, store-3
                        """);

        // One that leaves.
        writeKeepers(2);
        assertThat(
                        sandbox.verb(
                                        "up",
                                        "--site",
                                        "mine",
                                        "--yes",
                                        "--yes-wipe",
                                        "precious@store-3")
                                .expect(0)
                                .err())
                .contains(
                        "Destroyed data:\n  - precious: directory /srv/precious/data @ store-3\n");
        expectAsBefore(before, "store-3");

        // The rest, told to machines.
        assertThat(
                        Sandbox.document(
                                        down("--yes", "--yes-wipe", "precious@store-2", "--json")
                                                .expect(0))
                                .path("data")
                                .valueStream()
                                .map(one ->
                                        one.path("node").asString()
                                                + " "
                                                + one.path("fate").asString()))
                .containsExactly("store-2 destroyed", "store-1 left");
        expectAsBefore(before, "store-2");
        assertThat(sandbox.machine("store-1").run("cat /srv/precious/data/file"))
                .isEqualTo("precious");

        down("--yes", "--yes-wipe", "precious@store-2").expect(0);
        assertThat(down("--yes", "--yes-wipe", "precious").expect(3).err())
                .contains("what an earlier run has left is not on record any more");
    }

    private Finished down(String... options) {
        return sandbox.verb(
                "down",
                Stream.concat(Stream.of("--site", "mine"), Stream.of(options))
                        .toArray(String[]::new));
    }

    private void writeKeepers(int count) {
        sandbox.write(
                "etcd/cluster.yaml",
                """
                cluster: etcd-demo
                site: lab
                packs: [files]
                groups:
                  store:
                    count: %d
                    uses: { precious: files/precious }
                """
                        .formatted(count));
    }

    private void expectAsBefore(Map<String, List<String>> before, String node) {
        assertThat(sandbox.machine(node).run(MANIFEST).lines().toList())
                .as(node)
                .isEqualTo(before.get(node));
    }

    private void expectGatheredOnTheChosenNodeAlone() {
        assertThat(sandbox.machine("store-2").run("cat /srv/gathered"))
                .isEqualTo("store-1 store-2 store-3");
        for (String other : List.of("store-1", "store-3")) {
            assertThat(sandbox.machine(other).attempt("test -e /srv/gathered").exitCode())
                    .isEqualTo(1);
        }
        assertThat(sandbox.run("why", "files.gather", "etcd", "--site", "mine").expect(0).out())
                .contains("on = \"store-2\"", "frozen at run 1");
    }

    private void expectFiles(Machine machine) {
        files.forEach((path, content) ->
                assertThat(machine.digest(path))
                        .as("%s on %s", path, machine.name())
                        .isEqualTo(Sha256.hex(content) + " " + content.length));
        assertThat(machine.run("stat -c '%a %U:%G' /srv/odd/-n")).isEqualTo("4750 daemon:daemon");
        assertThat(machine.run("stat -c '%a %U:%G' /srv/odd/bytes.bin")).isEqualTo("600 root:root");
        assertThat(machine.run("stat -c '%a %U:%G' /etc/was-there")).isEqualTo("644 root:root");
        assertThat(machine.run("tree --version")).startsWith("tree");
    }

    private Map<String, List<String>> manifests() {
        Map<String, List<String>> manifests = new LinkedHashMap<>();
        for (String node : NODES) {
            manifests.put(node, sandbox.machine(node).run(MANIFEST).lines().toList());
        }
        return manifests;
    }

    private void writePack() throws IOException {
        byte[] quotes =
                "it's \"quoted\"\n$HOME `id` ${x} $(id) \\n \\\n\n\r\n{{ x }} % ü €\n"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[4 * 256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        byte[] large = new byte[20_000_000];
        new Random(1).nextBytes(large);
        byte[] unended = "no newline at the end".getBytes(StandardCharsets.UTF_8);
        Path pack = sandbox.cluster().resolve("packs/files");
        Files.createDirectories(pack);
        for (String name : List.of("pack.yaml", "odd.yaml", "precious.yaml", "gathered.peb")) {
            try (var resource = getClass().getResourceAsStream("files/" + name)) {
                Files.copy(Objects.requireNonNull(resource), pack.resolve(name));
            }
        }
        Files.write(pack.resolve("quotes"), quotes);
        Files.write(pack.resolve("bytes.bin"), bytes);
        Files.write(pack.resolve("unended"), unended);
        Files.write(pack.resolve("empty"), new byte[0]);
        Files.write(pack.resolve("large.bin"), large);
        files.put("/srv/odd/quotes", quotes);
        files.put("/srv/odd/bytes.bin", bytes);
        files.put("/srv/odd/unended", unended);
        files.put("/srv/odd/empty", new byte[0]);
        files.put("/srv/odd/large.bin", large);
        files.put("/srv/odd/a name with  spaces", quotes);
        files.put("/srv/odd/it's $(a) \"name\" & `more`;*", quotes);
        files.put("/srv/odd/-n", quotes);
        files.put("/etc/was-there", quotes);
        files.put(
                "/srv/odd/inline",
                "it's \"quoted\", $HOME, `id`, \\ and \ttab\n\n  end"
                        .getBytes(StandardCharsets.UTF_8));
        sandbox.write(
                "etcd/cluster.yaml",
                """
                cluster: etcd-demo
                site: lab
                packs: [etcd, files]
                groups:
                  store:
                    count: 3
                    uses:
                      # Where Debian's package takes all away when it goes.
                      kv: { component: etcd/member, with: { data_dir: /var/lib/etcd/kv } }
                      files: files/odd
                """);
    }
}
