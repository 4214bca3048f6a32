package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Failures;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Machines that hang, whose disk takes nothing, whose package manager is somebody else's for now,
/// whose sshd turns callers away: each has its outcome within its limit, the other machine is not
/// held up, and the same command goes on. The tests share two machines, listed by hand.
@Tag("lab")
class SickMachineTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway.Init") // JUnit sets it up before every test.
    private static Sandbox sandbox;

    @SuppressWarnings("NullAway.Init")
    private static Machine sick;

    @SuppressWarnings("NullAway.Init")
    private static Machine well;

    @BeforeAll
    static void makeMachinesAndListThem() {
        sandbox = Sandbox.ofResource(FaultTest.class, "faults");
        cluster("fine");
        sandbox.run("lab", "up", "faults").expect(0);
        sick = sandbox.machine("node-1");
        well = sandbox.machine("node-2");
        StringBuilder site = new StringBuilder("site: mine\napprove: auto\nproviders:\n");
        site.append("  default:\n    kind: inventory\n    machines:\n");
        for (Machine machine : List.of(sick, well)) {
            site.append(machine.listed(sandbox.lab()));
        }
        sandbox.write("faults/sites/mine.yaml", site.toString());
    }

    @AfterAll
    static void nothingIsLeft() {
        sandbox.close();
    }

    @AfterEach
    void takeBack() {
        sandbox.verb("down", "--site", "mine", "--yes").expect(0);
        for (Machine machine : List.of(sick, well)) {
            machine.run("rm -f /run/go /run/waiting /run/mended");
        }
    }

    private static void cluster(String... uses) {
        StringBuilder text = new StringBuilder("cluster: faults\nsite: lab\npacks: [faults]\n");
        text.append("groups:\n  node:\n    count: 2\n    uses:\n");
        for (String use : uses) {
            text.append("      %s: faults/%s\n".formatted(use, use));
        }
        sandbox.write("faults/cluster.yaml", text.toString());
    }

    private static Finished up(String... options) {
        return start(options).finish(Sandbox.BOUND);
    }

    private static Running start(String... options) {
        List<String> words = new java.util.ArrayList<>(List.of("--site", "mine"));
        words.addAll(List.of(options));
        return sandbox.startVerb("up", words.toArray(String[]::new));
    }

    private static void awaitThere(Machine machine, String script) {
        await(script + " on " + machine.name())
                .atMost(SOON)
                .until(() -> machine.attempt(script).exitCode() == 0);
    }

    @Test
    void aMachineThatHangsInTheMiddleIsItsOwnFaultAndTheSameCommandGoesOnWhenItIsBack() {
        Running up = inTheMiddle();
        sick.freeze();
        try {
            expectLineLost(up);

            assertThat(Failures.of(up("--json").expect(4)))
                    .isEqualTo(Map.of("waits.act@node-1", "unreachable node"));
        } finally {
            sick.thaw();
        }
        goesOn();
    }

    @Test
    void aMachineWhoseCableIsPulledInTheMiddleIsItsOwnFaultAndTheSameCommandGoesOn() {
        Running up = inTheMiddle();
        sandbox.lab("cut", sick.name());
        try {
            expectLineLost(up);
        } finally {
            sandbox.lab("mend", sick.name());
        }
        goesOn();
    }

    @Test
    void aMachineThatIsRebootedInTheMiddleIsItsOwnFaultAndTheSameCommandGoesOn() {
        Running up = inTheMiddle();
        sandbox.lab("power-off", sick.name());
        sandbox.lab("start", sick.name());
        expectLineLost(up);
        goesOn();
    }

    /// Of both machines the step under way is one that waits.
    private static Running inTheMiddle() {
        return inTheMiddleOf("waits");
    }

    private static Running inTheMiddleOf(String use) {
        cluster(use);
        Running up = start("--json");
        awaitThere(sick, "test -e /run/waiting");
        awaitThere(well, "test -e /run/waiting");
        return up;
    }

    private static void expectLineLost(Running up) {
        well.run("touch /run/go");
        assertThat(Failures.of(up.finish(Sandbox.BOUND).expect(4)))
                .isEqualTo(Map.of("waits.act@node-1", "line-lost node"));
        assertThat(well.run("cat /etc/waited")).isEqualTo("waited");
    }

    private static void goesOn() {
        awaitThere(sick, "! pgrep -f 'test -e /run/[g]o' && ! ls -d /run/ashlar/s*/jobs/*");
        sick.run("touch /run/go");
        assertThat(up().expect(0).err())
                .contains("waits.later@node-1 done")
                .doesNotContain("waits.act@node-2 running");
        assertThat(sick.run("cat /etc/waited")).isEqualTo("waited");
    }

    @Test
    void aMachineWhoseDiskFillsInTheMiddleIsItsOwnFaultAndTheSameCommandGoesOn() {
        sick.run("mkdir /srv/fills; mount -t tmpfs -o size=64k none /srv/fills");
        well.run("mkdir /srv/fills");
        try {
            Running up = inTheMiddleOf("fills");
            sick.run("dd if=/dev/zero of=/srv/fills/much bs=4k 2>/dev/null; touch /run/go");
            well.run("touch /run/go");
            assertThat(Failures.of(up.finish(Sandbox.BOUND).expect(4)))
                    .isEqualTo(Map.of("fills.later@node-1", "disk-full node"));
            sick.run("rm /srv/fills/much");
            assertThat(up().expect(0).err())
                    .contains("fills.later@node-1 done")
                    .doesNotContain("fills.act@node-1 running", "fills.later@node-2 running");
        } finally {
            sandbox.verb("down", "--site", "mine", "--yes");
            sick.run("umount /srv/fills");
        }
    }

    /// Both wait for the lock; only where it is let go in time the package is installed.
    @Test
    void aptsLockIsWaitedForWithABoundAndItsHolderNamed() {
        cluster("locked");
        for (Machine machine : List.of(sick, well)) {
            machine.run(
                    """
                    setsid perl -e 'use Fcntl; open(F, ">", "/var/lib/dpkg/lock-frontend");
                      my $whole = pack("s s x4 q q l x4", F_WRLCK, 0, 0, 0, 0);
                      fcntl(F, F_SETLK, $whole) or die $!;
                      system("touch /run/locked"); sleep 47111' >/dev/null 2>&1 </dev/null &
                    echo $! >/run/holder
                    """);
            awaitThere(machine, "test -e /run/locked");
        }
        Running up = start("--json");
        awaitThere(well, "pgrep -f '[D]Pkg::Lock::Timeout=[1-9]'");
        // Who has the lock is not kept from its units meanwhile.
        well.run("! test -e /usr/sbin/policy-rc.d");
        letGo(well);

        Finished ended = up.finish(Sandbox.BOUND).expect(4);

        assertThat(Failures.of(ended)).isEqualTo(Map.of("locked.act@node-1", "apt-lock node"));
        assertThat(ended.out()).contains("held by process", "(perl)", "unattended upgrades");
        assertThat(well.run("echo 6*7 | bc")).isEqualTo("42");
        letGo(sick);
        up().expect(0);
        assertThat(sick.run("echo 6*7 | bc")).isEqualTo("42");
    }

    private static void letGo(Machine machine) {
        machine.run("pkill -f '[s]leep 47111'; rm -f /run/locked /run/holder");
    }

    @Test
    void aDiskThatTurnedReadOnlyIsNamed() {
        cluster("fine");
        // Ashlar's own folder is there, as after an earlier run: it is not made, and cannot be
        // changed.
        sick.run("mkdir -p -m 700 /var/lib/ashlar");
        sick.run(
                "for d in /etc /var; do mount --bind $d $d && mount -o remount,ro,bind $d || exit; done");
        try {
            Finished ended = up("--json").expect(4);
            assertThat(Failures.of(ended)).isEqualTo(Map.of("fine.one@node-1", "read-only node"));
            assertThat(ended.out()).contains("Read-only file system");
            assertThat(well.run("cat /etc/fine")).isEqualTo("fine");
        } finally {
            sick.run("umount /etc /var");
        }
        assertThat(up().expect(0).err()).doesNotContain("fine.one@node-2 running");
    }

    /// One who says nothing takes the only place that sshd has for those who have not logged in.
    @Test
    void anSshdThatTurnsCallersAwayIsTriedAgainAsOftenAsTheStepSays() throws IOException {
        cluster("fine", "patient");
        sick.run("echo 'MaxStartups 1' >/etc/ssh/sshd_config.d/z-few.conf; systemctl restart ssh");
        Running up;
        try (Socket idle = new Socket(sick.address(), 22)) {
            assertThat(idle.getInputStream().read()).as("the banner's first letter").isEqualTo('S');
            up = start();
            up.awaitErr("fine.one@node-1 failed", SOON);
            up.awaitErr("patient.act@node-1 waiting", SOON);
        } finally {
            sick.run("rm /etc/ssh/sshd_config.d/z-few.conf; systemctl reload ssh");
        }
        assertThat(up.finish(Sandbox.BOUND).expect(4).err())
                .contains("patient.act@node-1 done", "fine.three@node-2 done")
                .contains("[unreachable, the node's fault]", "MaxStartups");
        up().expect(0);
    }

    /// No control character reaches a terminal or stands in a document, wherever a machine's words
    /// are shown; what it printed is told nevertheless.
    @Test
    void whatAMachinePrintsNeverTakesTheTerminalOver() {
        cluster("shouts");
        expectTame(up().expect(1), "last ");
        expectTame(up("--json").expect(1), "last ");
        expectTame(onInstance("logs", "speak"), "bell nul bad", "records 3");
        expectTame(onInstance("logs", "fail"), "last ");
        expectTame(onInstance("why", "fail"), "said");
        expectTame(onInstance("why", "fail", "--json"), "said");
        expectTame(sandbox.verb("status", "--site", "mine", "--cached", "--json"), "last ");
    }

    private static Finished onInstance(String verb, String step, String... options) {
        List<String> words = new java.util.ArrayList<>(List.of(verb, "shouts." + step + "@node-1"));
        words.addAll(List.of("faults", "--site", "mine"));
        words.addAll(List.of(options));
        return sandbox.run(words.toArray(String[]::new)).expect(0);
    }

    private static void expectTame(Finished finished, String... told) {
        assertThat(finished.out() + finished.err())
                .contains(told)
                .doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\x{202e}]");
    }
}
