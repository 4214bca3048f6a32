package dev.ashlar.nodes.execute;

import static dev.ashlar.nodes.execute.LabNode.resource;
import static dev.ashlar.nodes.execute.LabNode.triggered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What needs a real machine: packages, units, accounts, reboots, SSH itself. The tests share one
/// machine and leave it as they found it.
@Tag("lab")
@Timeout(180)
class MachineTest {
    private static final String UNIT =
            "[Service]\nExecStart=/bin/sleep 7777\n[Install]\nWantedBy=multi-user.target\n";

    @SuppressWarnings("NullAway.Init") // JUnit sets it up before every test.
    private static LabNode node;

    @BeforeAll
    static void up(@TempDir Path folder) {
        node = new LabNode(folder, settings -> settings);
    }

    @AfterAll
    static void down() {
        node.close();
    }

    private static Work.Apply finishing(Resource... resources) {
        return new Work.Apply(
                LocalNodes.apply().key(),
                LocalNodes.intent(),
                LabNode.NAME,
                List.of(resources),
                Duration.ofMinutes(2),
                StepSpec.OnDisconnect.FINISH);
    }

    private static Failure failure(Report report) {
        assertThat(report).isInstanceOf(Report.NotDone.class);
        return ((Report.NotDone) report).failure();
    }

    @Test
    void packageComesAndGoesWithWhatItBrought() {
        String before = node.says("dpkg-query -W -f '${db:Status-Abbrev} ${Package}\\n' | grep ^i");
        Work.Apply install = finishing(resource(ResourceKind.PACKAGE, "name", "jq"));
        Report.Done done = node.done(install);
        assertThat(done.changed()).containsExactly("package jq: installed");
        assertThat(node.says("echo '[1]' | jq -c .")).isEqualTo("[1]");
        assertThat(node.done(finishing(resource(ResourceKind.PACKAGE, "name", "jq"))).changed())
                .isEmpty();
        node.done(LocalNodes.undo(done));
        assertThat(node.says("dpkg-query -W -f '${db:Status-Abbrev} ${Package}\\n' | grep ^i"))
                .isEqualTo(before);
    }

    @Test
    void packageWithAUnitIsInstalledButNeitherStartedNorEnabled() {
        Report.Done done =
                node.done(finishing(resource(ResourceKind.PACKAGE, "name", "etcd-server")));
        assertThat(node.says("systemctl is-active etcd; systemctl is-enabled etcd; true"))
                .isEqualTo("inactive\ndisabled");
        assertThat(node.says("ls /usr/sbin/policy-rc.d* 2>/dev/null; true")).isEmpty();
        node.done(LocalNodes.undo(done));
        assertThat(node.says("command -v etcd || echo gone")).isEqualTo("gone");
    }

    /// Seen by its real path, too: the kernel tells mounts by that.
    @ParameterizedTest
    @ValueSource(strings = {"/srv", "/srv/link"})
    void dataWhoseLossIsNamedGoesAndWhatIsMountedInItIsNotEmptied(String above) {
        node.says("mkdir -p /srv/real && ln -sfn real /srv/link");
        String path = above + "/kv it's";
        Resource data = resource(ResourceKind.DIRECTORY, "path", path, "data", "true");
        Report.Done made = node.done(LocalNodes.apply(data));
        String other = "\"" + path + "/other\"";
        node.says("mkdir %s && mount -t tmpfs none %s".formatted(other, other));
        node.says("cd \"" + path + "\" && touch own other/theirs");
        Work.Undo undo =
                new Work.Undo(
                        LocalNodes.apply().key(),
                        LocalNodes.intent(),
                        Optional.of(LabNode.NAME),
                        made.owned().stream().map(Owned::named).toList(),
                        Duration.ofMinutes(1));

        Report refused = node.execute(undo);

        assertThat(failure(refused).kind()).isEqualTo("data-mounted");
        assertThat(node.says("cd \"" + path + "\" && ls own other/theirs"))
                .isEqualTo("other/theirs\nown");
        node.says("umount " + other);
        assertThat(node.done(undo).changed()).containsExactly("directory " + path + ": destroyed");
        assertThat(node.says("ls /srv /srv/real")).isEqualTo("/srv:\nlink\nreal\n\n/srv/real:");
        node.says("rm -r /srv/link /srv/real");
    }

    /// A folder that is no data: what somebody has mounted in it is not the folder's to empty.
    @ParameterizedTest
    @ValueSource(strings = {"-t tmpfs none", "--bind /opt"})
    void whatIsMountedInAFolderThatIsTakenBackIsNotEmptied(String what) {
        Report.Done made =
                node.done(LocalNodes.apply(resource(ResourceKind.DIRECTORY, "path", "/srv/work")));
        node.says("mkdir /srv/work/in && mount " + what + " /srv/work/in");
        node.says("touch /srv/work/in/theirs");

        Report refused = node.execute(LocalNodes.undo(made));

        assertThat(failure(refused).kind()).isEqualTo("data-mounted");
        assertThat(node.says("ls /srv/work/in")).isEqualTo("theirs");
        node.says("umount /srv/work/in");
        node.done(LocalNodes.undo(made));
        assertThat(node.says("ls /srv")).isEmpty();
    }

    @Test
    void unknownPackageFailsWithItsName() {
        Failure failure =
                failure(
                        node.execute(
                                finishing(
                                        resource(ResourceKind.PACKAGE, "name", "no-such-thing"))));
        assertThat(failure.kind()).isEqualTo("no-package");
        assertThat(failure.message()).contains("no-such-thing");
    }

    @Test
    void foreignPolicyIsKeptAndAStaleOneOfOursIsVoid() {
        node.says(
                "printf '#!/bin/sh\\nexit 104\\n' >/usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d");
        Report.Done done = node.done(finishing(resource(ResourceKind.PACKAGE, "name", "bc")));
        assertThat(node.says("tail -n 1 /usr/sbin/policy-rc.d; ls /usr/sbin/policy-rc.d*"))
                .isEqualTo("exit 104\n/usr/sbin/policy-rc.d");
        node.says("rm /usr/sbin/policy-rc.d");
        node.done(LocalNodes.undo(done));
    }

    @Test
    void serviceIsStartedRestartedOncePerTriggerAndTakenAway() {
        Resource first = triggered("a", ResourceKind.SERVICE, "name", "ours", "unit", UNIT);
        assertThat(node.done(LocalNodes.apply(first)).changed()).hasSize(1);
        String pid = pid();
        assertThat(node.done(LocalNodes.apply(first)).changed()).isEmpty();
        assertThat(pid()).isEqualTo(pid);
        Resource second = triggered("b", ResourceKind.SERVICE, "name", "ours", "unit", UNIT);
        assertThat(node.done(LocalNodes.apply(second)).changed()).hasSize(1);
        String restarted = pid();
        assertThat(restarted).isNotEqualTo(pid);
        Report.Done done = node.done(LocalNodes.apply(second));
        assertThat(done.changed()).isEmpty();
        assertThat(pid()).isEqualTo(restarted);
        node.done(LocalNodes.undo(done));
        assertThat(node.says("systemctl show -p LoadState --value ours")).isEqualTo("not-found");
        assertThat(node.says("ls /etc/systemd/system | grep ours || echo none")).isEqualTo("none");
    }

    private static String pid() {
        return node.says("systemctl show -p MainPID --value ours");
    }

    @Test
    void serviceThatFallsOverFailsWithItsJournal() {
        Resource unit =
                resource(
                        ResourceKind.SERVICE,
                        "name",
                        "falls",
                        "unit",
                        "[Service]\nExecStart=/bin/sh -c 'echo no luck; sleep 0.2; exit 3'\n",
                        "enabled",
                        "false");
        Report report = node.execute(LocalNodes.apply(unit));
        assertThat(failure(report).kind()).isEqualTo("service-failed");
        assertThat(failure(report).lastOutput()).anyMatch(line -> line.contains("no luck"));
        assertThat(
                        node.execute(
                                new Work.Undo(
                                        LocalNodes.apply().key(),
                                        LocalNodes.intent(),
                                        Optional.of(LabNode.NAME),
                                        ((Report.NotDone) report).owned(),
                                        Duration.ofMinutes(1))))
                .isInstanceOf(Report.Done.class);
    }

    @Test
    void accountsComeAndGo() {
        Report.Done done =
                node.done(
                        LocalNodes.apply(
                                resource(ResourceKind.GROUP, "name", "team"),
                                resource(
                                        ResourceKind.USER,
                                        "name",
                                        "worker",
                                        "group",
                                        "team",
                                        "home",
                                        "/srv/worker")));
        assertThat(node.says("id -gn worker; getent passwd worker | cut -d : -f 6-"))
                .isEqualTo("team\n/srv/worker:/usr/sbin/nologin");
        node.done(LocalNodes.undo(done));
        assertThat(node.says("getent passwd worker; getent group team; echo gone"))
                .isEqualTo("gone");
    }

    @Test
    void rebootHappensOncePerTrigger() {
        String before = node.says("cat /proc/sys/kernel/random/boot_id");
        Resource reboot = triggered("t1", ResourceKind.REBOOT, "reason", "new kernel");
        Resource file = resource(ResourceKind.FILE, "path", "/etc/after", "content", "after\n");
        Report.Done done = node.done(LocalNodes.apply(reboot, file));
        assertThat(done.changed())
                .containsExactly("reboot new kernel: rebooted", "file /etc/after: made");
        String after = node.says("cat /proc/sys/kernel/random/boot_id");
        assertThat(after).isNotEqualTo(before);
        assertThat(node.done(LocalNodes.apply(reboot, file)).changed()).isEmpty();
        node.done(LocalNodes.undo(done));
    }

    @Test
    void wrongHostKeyIsNotSpokenTo() {
        HostKey other =
                new HostKey(
                        "ssh-ed25519",
                        "AAAAC3NzaC1lZDI1NTE5AAAAIGVZ2XQxfq5sRzC0tqVAFXbdFVHvuVDNV3iWjcJ0FVzS");
        NodeAccess a = node.access;
        try (NodeExecutor executor =
                LabNode.executor(
                        new NodeAccess(
                                a.node(),
                                a.address(),
                                a.port(),
                                a.user(),
                                a.identity(),
                                List.of(other),
                                a.sudo(),
                                Optional.empty()))) {
            Failure failure = failure(executor.execute(LocalNodes.script("true"), false));
            assertThat(failure.kind()).isEqualTo("host-key");
            assertThat(failure.lasting()).isTrue();
        }
    }

    @Test
    void unreachableMachineIsTold() {
        NodeAccess a = node.access;
        try (NodeExecutor executor =
                LabNode.executor(
                        new NodeAccess(
                                a.node(),
                                a.address(),
                                1,
                                a.user(),
                                a.identity(),
                                a.hostKeys(),
                                a.sudo(),
                                Optional.empty()))) {
            Failure failure = failure(executor.execute(LocalNodes.script("true"), false));
            assertThat(failure.kind()).isEqualTo("unreachable");
            assertThat(failure.lasting()).isFalse();
        }
    }

    @Test
    void sudoUserWithANoisyShellWorksThroughAJumpHost() {
        node.says(
                """
                useradd -m -s /bin/bash admin
                mkdir -m 700 ~admin/.ssh
                cp ~root/.ssh/authorized_keys ~admin/.ssh/
                chown -R admin: ~admin/.ssh
                printf 'echo welcome; echo "$USER"\\n' | tee ~admin/.bashrc >~admin/.profile
                echo 'admin ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/admin
                """);
        NodeAccess a = node.access;
        NodeAccess admin =
                new NodeAccess(
                        a.node(),
                        a.address(),
                        a.port(),
                        "admin",
                        a.identity(),
                        a.hostKeys(),
                        true,
                        Optional.of(a));
        try (NodeExecutor executor = LabNode.executor(admin)) {
            Report report = executor.execute(LocalNodes.script("id -un"), false);
            assertThat(report.log()).isEqualTo("root\n");
            node.says("rm /etc/sudoers.d/admin");
        }
        try (NodeExecutor executor = LabNode.executor(admin)) {
            Report refused = executor.execute(LocalNodes.script("id -un"), false);
            assertThat(failure(refused).kind()).isEqualTo("sudo");
        }
        // Its last session may still be on its way out.
        node.says(
                """
                timeout 30 sh -c 'while pgrep -u admin >/dev/null; do sleep 0.1; done'
                userdel -r admin
                """);
    }

    private static Resource file(String path, String content) {
        return resource(ResourceKind.FILE, "path", path, "content", content);
    }

    @Test
    void filesOfTheRootFolderComeAndGoAndLeaveNothing() {
        List<Work.Apply> works =
                Stream.of("/a", "/b", "/c", "/d", "/e")
                        .map(path -> LocalNodes.apply(file(path, path)))
                        .toList();
        List<Report> alone = node.executor.together(works.subList(0, 1));
        List<Report> others = node.executor.together(works.subList(1, 5));
        assertThat(node.says("cat /a /b /c /d /e; ls -A / | grep ashlar; true"))
                .isEqualTo("/a/b/c/d/e");
        Stream.concat(alone.stream(), others.stream())
                .forEach(report -> node.done(LocalNodes.undo(report)));
        assertThat(node.says("ls -A / | grep -x '[a-e]'; ls -A / | grep ashlar; true")).isEmpty();
    }

    @Test
    void whatFindsNoRoomTakesNoneFromTheOthersOfItsFolder() {
        node.says("mkdir /srv/narrow; mount -t tmpfs -o size=40k tmpfs /srv/narrow");
        List<Report> reports =
                node.executor.together(
                        Stream.of("x".repeat(60_000), "a", "b", "c")
                                .map(text -> file("/srv/narrow/" + text.charAt(0), text))
                                .map(LocalNodes::apply)
                                .toList());
        assertThat(failure(reports.getFirst()).kind()).isEqualTo("disk-full");
        assertThat(reports.subList(1, 4)).allMatch(Report.Done.class::isInstance);
        assertThat(node.says("ls -A /srv/narrow")).isEqualTo("a\nb\nc");
        node.says("umount /srv/narrow; rmdir /srv/narrow");
    }

    @Test
    void kernelParameterComesAndGoes() {
        String before = node.says("cat /proc/sys/net/ipv4/ip_default_ttl");
        Report.Done done =
                node.done(
                        LocalNodes.apply(
                                resource(
                                        ResourceKind.SYSCTL,
                                        "key",
                                        "net.ipv4.ip_default_ttl",
                                        "value",
                                        "77")));
        assertThat(node.says("cat /proc/sys/net/ipv4/ip_default_ttl")).isEqualTo("77");
        node.done(LocalNodes.undo(done));
        assertThat(node.says("cat /proc/sys/net/ipv4/ip_default_ttl")).isEqualTo(before);
    }

    /// A user is made after its group: cut short between the two it is not taken for done, and what
    /// was made for it goes with it.
    @Test
    void userThatWasCutShortIsMadeWholeAndGoesWithItsGroup() {
        node.says(
                "printf '#!/bin/sh\\nexit 1\\n' >/usr/local/sbin/useradd; chmod +x /usr/local/sbin/useradd");
        Work.Apply user = LocalNodes.apply(resource(ResourceKind.USER, "name", "halfway"));
        assertThat(node.execute(user)).isInstanceOf(Report.NotDone.class);
        assertThat(node.says("getent group halfway | cut -d : -f 1")).isEqualTo("halfway");
        node.says("rm /usr/local/sbin/useradd");

        Report.Done done = node.done(user);

        assertThat(node.says("id -gn halfway")).isEqualTo("halfway");
        node.done(LocalNodes.undo(done));
        assertThat(node.says("getent passwd halfway; getent group halfway; true")).isEmpty();
    }
}
