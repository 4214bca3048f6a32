package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Page;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A page of the reference that shows a whole cluster shows one that is right, and the plan that it
/// shows is the one that comes of it.
class PagesTest {
    private static final String CHOSEN =
            "find /etc/apt/apt.conf.d/90front /etc/dnf/front.conf 2>/dev/null || true";
    private static final Page VERSIONS = Page.of("docs/reference/versions.md");
    private static final String GREETER = "cat /etc/greeter.legend 2>/dev/null; cat /run/greeter";
    private static final String CONFIGURED = "/etc/greeter.conf";
    private static final String PROCESS = "systemctl show -p MainPID --value greeter";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/reference/conditions.md",
                "docs/reference/cases.md",
                "docs/reference/repetition.md",
                "docs/reference/following.md",
                "docs/reference/wiring.md",
                "docs/reference/collecting.md",
                "docs/reference/layers.md",
                "docs/reference/sites.md",
                "docs/reference/validity.md",
                "docs/reference/facts.md",
                "docs/reference/versions.md"
            })
    void showsAClusterThatIsRightAndItsPlan(String page) throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            Page.of(page).writeTo(sandbox);
            sandbox.run("validate", "shown").expect(0);
            String plan = sandbox.run("plan", "shown", "--show", "unchanged").expect(0).out();
            assertThat(Page.of(page).plans()).containsExactly(plan);
        }
    }

    @Test
    void whyShowsTheLayersOfAValue() throws IOException {
        Page page = Page.of("docs/reference/layers.md");
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            page.writeTo(sandbox);
            String why = sandbox.run("why", "hot.configure@front-3", "shown").expect(0).out();
            assertThat(page.text()).contains("```text\n" + why + "```");

            Finished json = sandbox.run("why", "hot.configure@front-1", "shown", "--json");
            assertThat(Sandbox.document(json.expect(0)).path("layers").findValuesAsString("by"))
                    .containsExactly("default", "cluster", "default", "group", "default", "site");
        }
    }

    @Test
    @Tag("lab")
    void whatIsCollectedFollowsWhoPublishes() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            Page.of("docs/reference/collecting.md").writeTo(sandbox);
            sandbox.verb("up").expect(0);
            Machine front = sandbox.machine("front-1");
            assertThat(members(front))
                    .containsExactly(
                            "back-1 :81 weight=2", "site-1 :80 weight=1", "site-2 :80 weight=1");

            String cluster = sandbox.read("shown/cluster.yaml");
            String more = cluster + "  more: { count: 1, uses: { late: web/server } }\n";
            sandbox.write("shown/cluster.yaml", more);
            assertThat(sandbox.verb("plan").expect(0).out())
                    .startsWith("Plan: 2 to create, 1 to decide while it runs, ")
                    .contains("balancer.configure @ front-1");
            sandbox.verb("up").expect(0);
            assertThat(members(front)).contains("more-1 :80 weight=1").hasSize(4);

            sandbox.write("shown/cluster.yaml", cluster);
            sandbox.verb("up").expect(0);
            assertThat(members(front)).hasSize(3);
            assertThat(sandbox.verb("plan").expect(0).out())
                    .isEqualTo("Plan: 8 to leave as they are\n");
            sandbox.verb("down").expect(0);
        }
    }

    @Test
    @Tag("lab")
    void whatACaseHasMadeGoesWithTheValueThatChoseIt() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            Page.of("docs/reference/cases.md").writeTo(sandbox);
            sandbox.verb("up").expect(0);
            Machine front = sandbox.machine("front-1");
            assertThat(front.run(CHOSEN)).isEqualTo("/etc/apt/apt.conf.d/90front");
            assertThat(front.run("cat /etc/front.conf"))
                    .isEqualTo("name=" + front.run("cat /etc/machine-id") + "\nworkers=16");

            String cluster = sandbox.read("shown/cluster.yaml");
            sandbox.write(
                    "shown/cluster.yaml", cluster.replace("family: debian", "family: redhat"));
            assertThat(sandbox.verb("plan").expect(0).out())
                    .contains("~ web.sources @ front-1, front-2  (case redhat: ")
                    .contains("takes back file /etc/apt/apt.conf.d/90front");
            sandbox.verb("up").expect(0);
            assertThat(front.run(CHOSEN)).isEqualTo("/etc/dnf/front.conf");

            sandbox.write("shown/cluster.yaml", cluster);
            sandbox.verb("up").expect(0);
            assertThat(front.run(CHOSEN)).isEqualTo("/etc/apt/apt.conf.d/90front");
            assertThat(sandbox.verb("up", "--verify").expect(0).err())
                    .contains("Everything is as it should be");
            sandbox.verb("down").expect(0);
        }
    }

    @Test
    @Tag("lab")
    void whatANodeIsDecidesWhatIsDoneThere() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            Page.of("docs/reference/facts.md").writeTo(sandbox);
            sandbox.verb("up").expect(0);
            Machine front = sandbox.machine("front-1");
            assertThat(front.run("ls -d /etc/front /etc/apt/apt.conf.d/90front").lines())
                    .hasSize(2);
            assertThat(front.run("cat /etc/front.conf"))
                    .isEqualTo("workers=" + 2 * Integer.parseInt(front.run("nproc")));
            assertThat(sandbox.run("why", "web.configure@front-1", "shown").expect(0).out())
                    .containsPattern(
                            "inputs.processors = \\d+\\n +from cpu.count of front-1, boot, as of"
                                    + " run 1\\n");
            assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
            assertThat(sandbox.verb("up", "--verify").expect(0).err())
                    .contains("Everything is as it should be");

            front.run("hostname another");
            assertThat(sandbox.verb("up", "--verify").expect(0).err())
                    .contains("differs: node.facts@front-1: host.name is another, was front-1");
            assertThat(sandbox.verb("plan").expect(0).out()).startsWith("Plan: 8 to leave");
            String page = sandbox.read("shown/packs/front/web.yaml");
            sandbox.write("shown/packs/front/web.yaml", page.replace("debian, redhat", "redhat"));
            String unfit = "os.family of front-1 is \"debian\", and input family admits \"redhat\"";
            assertThat(sandbox.verb("plan").expect(0).out()).contains("to mend first", unfit);
            assertThat(sandbox.verb("up").expect(1).err()).contains(unfit);
            assertThat(sandbox.verb("up", "--verify").expect(1).err()).contains(unfit);
            sandbox.verb("down").expect(0);
        }
    }

    @Test
    void whereTwoVersionsAreInUseEachIsNamed() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            VERSIONS.writeTo(sandbox);
            assertThat(sandbox.verb("graph").expect(0).out())
                    .contains("calm: greeter/server@1.4.0", "bold: greeter/server@2.0.1");
            assertThat(sandbox.run("why", "calm.run@old-1", "shown").expect(0).out())
                    .contains("  maker: greeter/server@1.4.0\n");
            assertThat(sandbox.run("explain", "greeter/server", "shown").expect(0).out())
                    .contains("version 2.0.1\n", "colour");
            assertThat(sandbox.run("explain", "greeter/server@1", "shown").expect(0).out())
                    .contains("version 1.4.0\n")
                    .doesNotContain("colour");

            sandbox.write("shown/cluster.yaml", moved(sandbox));
            assertThat(sandbox.verb("graph").expect(0).out()).contains("calm: greeter/server\"");
        }
    }

    @Test
    @Tag("lab")
    void aGroupGoesToAnotherVersionAloneAndMemberByMember() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            VERSIONS.writeTo(sandbox);
            sandbox.verb("up").expect(0);
            Machine first = sandbox.machine("old-1");
            Machine second = sandbox.machine("old-2");
            Machine other = sandbox.machine("new-1");
            assertThat(first.run(GREETER)).isEqualTo("plain text\ntext=good day");
            assertThat(other.run(GREETER)).isEqualTo("text=good day\ncolour=red");
            String process = other.run(PROCESS);

            String before = sandbox.read("shown/cluster.yaml");
            sandbox.write("shown/cluster.yaml", moved(sandbox));
            String plan = sandbox.verb("plan").expect(0).out();
            assertThat(plan).contains("\n  ~ calm.configure @ old-1, old-2").doesNotContain("bold");
            assertThat(VERSIONS.text())
                    .contains("```text\n" + plan.substring(plan.indexOf("  ~ ")) + "```");
            sandbox.verb("up").expect(0);
            assertThat(first.run(GREETER)).isEqualTo("text=good day\ncolour=red");
            assertThat(second.run(GREETER)).isEqualTo("text=good day\ncolour=red");
            expectInTurns(first, second);
            assertThat(other.run(PROCESS)).isEqualTo(process);

            sandbox.write("shown/cluster.yaml", before);
            sandbox.verb("up").expect(0);
            assertThat(second.run(GREETER)).isEqualTo("plain text\ntext=good day");
            assertThat(sandbox.verb("up", "--verify").expect(0).err())
                    .contains("Everything is as it should be");
            sandbox.verb("down").expect(0);
        }
    }

    private static String moved(Sandbox sandbox) {
        String cluster = sandbox.read("shown/cluster.yaml");
        String line = "    packs: { greeter: \"<2\" }\n";
        assertThat(cluster).containsOnlyOnce(line);
        return cluster.replace(line, "");
    }

    /// Whoever is first runs anew before the other is touched.
    private static void expectInTurns(Machine one, Machine other) {
        boolean isFirst = changed(one, CONFIGURED).compareTo(changed(other, CONFIGURED)) < 0;
        assertThat(changed(isFirst ? one : other, "/run/greeter"))
                .isLessThan(changed(isFirst ? other : one, CONFIGURED));
    }

    /// When a file was last written, in seconds.
    private static BigDecimal changed(Machine machine, String file) {
        return new BigDecimal(machine.run("stat -c %.9Y " + file));
    }

    @Test
    @Tag("lab")
    void aGroupIsAtAnotherSiteAndMoves() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            Page.of("docs/reference/sites.md").writeTo(sandbox);
            writeOtherCluster(sandbox);
            try {
                Machine listed = listMachineOfOtherCluster(sandbox);
                comesUpAtTwoSites(sandbox, listed);
                comesHere(sandbox, listed);
                goesThereAndIsTakenBackFromTheRecord(sandbox, listed);
            } finally {
                sandbox.run("lab", "down", "theirs").expect(0);
            }
        }
    }

    private static void comesUpAtTwoSites(Sandbox sandbox, Machine listed) {
        assertThat(sandbox.verb("up", "--no-input").expect(5).err())
                .contains("waits for approval: site dc2 asks before it changes anything");
        sandbox.verb("up", "--yes").expect(0);
        assertThat(listed.run("cat /etc/shop.conf")).isEqualTo("names=10.2.0.53\nmegabytes=4096");
        assertThat(sandbox.machine("front-2").run("cat /etc/shop.conf"))
                .isEqualTo("names=10.1.0.53\ncarts=" + address(listed) + ":7000");
        assertThat(sandbox.verb("up", "--verify", "--yes").expect(0).err())
                .contains("Everything is as it should be");
    }

    /// The other site is not in the files any more, and asks all the same.
    private static void comesHere(Sandbox sandbox, Machine listed) {
        String cluster = sandbox.read("shown/cluster.yaml");
        sandbox.write("shown/cluster.yaml", cluster.replace("    at: dc2/metal\n", ""));
        assertThat(sandbox.verb("plan").expect(0).out())
                .contains("comes from provider default now, was dc2/metal");
        assertThat(sandbox.verb("up", "--no-input").expect(5).err()).contains("site dc2 asks");
        sandbox.verb("up", "--yes").expect(0);
        assertThat(
                        sandbox.run(
                                        "exec",
                                        "shown",
                                        "--limit",
                                        "back-1",
                                        "--",
                                        "cat",
                                        "/etc/shop.conf")
                                .expect(0)
                                .out())
                .contains("names=10.1.0.53", "megabytes=64");
        assertThat(listed.attempt("test -e /etc/shop.conf").exitCode()).isEqualTo(1);
        sandbox.write("shown/cluster.yaml", cluster);
    }

    private static void goesThereAndIsTakenBackFromTheRecord(Sandbox sandbox, Machine listed)
            throws IOException {
        sandbox.verb("up", "--yes").expect(0);
        assertThat(listed.run("head -1 /etc/shop.conf")).isEqualTo("names=10.2.0.53");
        String cluster = sandbox.read("shown/cluster.yaml");
        Files.delete(sandbox.folder().resolve("shown/sites/dc2.yaml"));
        sandbox.write("shown/cluster.yaml", "groups: [");
        Finished asked = sandbox.verb("down", "--no-input");
        Finished down = sandbox.verb("down", "--yes");
        sandbox.write("shown/cluster.yaml", cluster.replace("    at: dc2/metal\n", ""));
        assertThat(asked.expect(5).err())
                .contains("sites lab, dc2 ask before they change anything");
        down.expect(0);
        assertThat(listed.attempt("test -e /etc/shop.conf").exitCode()).isEqualTo(1);
    }

    private static void writeOtherCluster(Sandbox sandbox) {
        sandbox.write(
                "theirs/cluster.yaml",
                """
                cluster: theirs
                site: lab
                packs: [none]
                groups:
                  back: { count: 1, uses: { nothing: none/nothing } }
                """);
        sandbox.write("theirs/packs/none/pack.yaml", "pack: none\nversion: 1.0.0\n");
        sandbox.write(
                "theirs/packs/none/nothing.yaml",
                "component: nothing\nsteps: { run: { run: 'true' } }\n");
    }

    /// Makes a machine that the site `dc2` of the page lists.
    private static Machine listMachineOfOtherCluster(Sandbox sandbox) throws IOException {
        sandbox.run("lab", "up", "theirs").expect(0);
        String key = sandbox.folder().resolve("shown/sites/keys/dc2").toString();
        Files.createDirectories(sandbox.folder().resolve("shown/sites/keys"));
        Host.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).expect(0);
        Machine listed = sandbox.machine("back-1");
        listed.run(
                sandbox.read("shown/sites/keys/dc2.pub").getBytes(StandardCharsets.UTF_8),
                "cat >~root/.ssh/authorized_keys");
        sandbox.write(
                "shown/sites/dc2.yaml",
                sandbox.read("shown/sites/dc2.yaml")
                        .replace("10.2.0.11", address(listed))
                        .replaceFirst(
                                "ssh-ed25519 [^\"]*",
                                listed.run("cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub")));
        return listed;
    }

    private static String address(Machine machine) {
        return machine.run("hostname -I | cut -d' ' -f1");
    }

    /// What the balancer knows, without addresses: a lab gives them.
    private static List<String> members(Machine front) {
        return front.run("sed -n 's/^server \\([^ ]*\\) [^:]*/\\1 /p' /etc/balancer.conf")
                .lines()
                .toList();
    }
}
