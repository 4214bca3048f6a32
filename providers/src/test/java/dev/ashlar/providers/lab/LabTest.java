package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider.Acquired;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class LabTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static LabFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new LabFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void bringsThreeUpTogetherWithKeysKnownFromBirth() {
        List<String> machines = List.of("three-1", "three-2", "three-3");

        List<Acquired> outcomes = fixture.lab.up(machines, _ -> {});

        assertThat(outcomes).hasSize(3).allMatch(Acquired.Ready.class::isInstance);
        for (String machine : machines) {
            assertThat(fixture.ssh(machine, "hostname").output()).isEqualTo(machine + "\n");
        }
        assertThat(outcomes.stream().map(o -> LabFixture.ready(o).address()))
                .doesNotHaveDuplicates();
    }

    @Test
    void upAgainOnlyDescribes() {
        NodeAccess first = fixture.up("again");
        Optional<Long> pid = fixture.listed("again").pid();

        assertThat(fixture.up("again")).isEqualTo(first);
        assertThat(fixture.listed("again").pid()).isPresent().isEqualTo(pid);
        assertThat(fixture.lab.access("again")).isEqualTo(new Acquired.Ready(first));
    }

    @Test
    void diskOutlivesAPowerCutAndTheOldAddressFallsSilent() {
        NodeAccess access = fixture.up("power");
        fixture.ssh("power", "echo kept > /srv/file; sync; ip address add 10.77.0.9/32 dev eth0");

        assertThat(fixture.lab.powerOff("power")).isEmpty();

        assertThat(fixture.isSilent(access, Duration.ofSeconds(1))).isTrue();
        assertThat(fixture.listed("power").state()).isEqualTo(LabMachine.State.STOPPED);
        assertThat(fixture.listed("power").pid()).isEmpty();
        assertThat(LabFixture.ready(fixture.lab.start("power", _ -> {}))).isEqualTo(access);
        assertThat(fixture.ssh("power", "cat /srv/file").output()).isEqualTo("kept\n");
        assertThat(fixture.ssh("power", "ip address show eth0").output())
                .contains(access.address())
                .doesNotContain("10.77.0.9");
    }

    @Test
    void stopLetsUnitsEndAndKeepsTheDisk() {
        fixture.up("stopped");
        fixture.ssh(
                "stopped",
                "systemd-run --unit=last -p ExecStop=\"/bin/sh -c \\\"echo bye >/srv/bye\\\"\""
                        + " sleep infinity");

        assertThat(fixture.lab.stop("stopped")).isEmpty();

        assertThat(fixture.listed("stopped").state()).isEqualTo(LabMachine.State.STOPPED);
        LabFixture.ready(fixture.lab.start("stopped", _ -> {}));
        assertThat(fixture.ssh("stopped", "cat /srv/bye").output()).isEqualTo("bye\n");
    }

    @Test
    void stopCutsThePowerOfAMachineThatDoesNotEnd() {
        fixture.up("stubborn");
        fixture.ssh(
                "stubborn",
                "systemd-run --unit=last -p TimeoutStopSec=600 -p ExecStop=\"/bin/sleep 600\""
                        + " sleep infinity");
        Lab impatient =
                new Lab(fixture.name, fixture.settings.withStopWithin(Duration.ofSeconds(1)));

        assertThat(impatient.stop("stubborn")).isEmpty();

        assertThat(fixture.listed("stubborn").state()).isEqualTo(LabMachine.State.STOPPED);
    }

    @Test
    void cutMachineIsSilentRunsOnAndAnswersWhenMended() {
        NodeAccess access = fixture.up("cut");
        Optional<Long> pid = fixture.listed("cut").pid();

        assertThat(fixture.lab.cut("cut")).isEmpty();

        assertThat(fixture.isSilent(access, Duration.ofSeconds(1))).isTrue();
        assertThat(fixture.listed("cut").state()).isEqualTo(LabMachine.State.CUT);
        assertThat(fixture.up("cut")).as("up leaves it cut").isEqualTo(access);
        assertThat(fixture.listed("cut").state()).isEqualTo(LabMachine.State.CUT);
        assertThat(fixture.lab.mend("cut")).isEmpty();
        assertThat(fixture.ssh("cut", "true")).isEqualTo(new HostView.Result(0, ""));
        assertThat(fixture.listed("cut").pid()).isEqualTo(pid);
    }

    /// The host looks three times for a silent machine and then turns everyone away who has asked
    /// meanwhile: who asks after the mending must not be among them.
    @Test
    void mendedMachineAnswersTheFirstWhoAsksThoughTheHostHadJustLookedInVain() throws Exception {
        NodeAccess access = fixture.up("looked-for");
        assertThat(fixture.lab.cut("looked-for")).isEmpty();
        AtomicBoolean mended = new AtomicBoolean();
        Thread asking =
                Thread.startVirtualThread(() -> {
                    while (!mended.get()) {
                        fixture.isSilent(access, SOON);
                    }
                });
        String neighbour = "ip -s neigh show to " + access.address();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        HostView.run(List.of(neighbour.split(" ")))
                                .output()
                                .matches("(?s).*probes 6 INCOMPLETE.*"));

        assertThat(fixture.lab.mend("looked-for")).isEmpty();

        mended.set(true);
        assertThat(fixture.isSilent(access, SOON)).isFalse();
        asking.join();
    }

    @Test
    void wipeForgetsTheDiskAndKeepsTheHostKey() {
        NodeAccess access = fixture.up("wiped");
        fixture.ssh("wiped", "touch /srv/file");

        assertThat(LabFixture.ready(fixture.lab.wipe("wiped", _ -> {}))).isEqualTo(access);

        assertThat(fixture.ssh("wiped", "ls /srv/file").exitCode()).isNotZero();
    }

    @Test
    void smallDiskFillsUpAndOutlivesAPowerCut() {
        Lab small = new Lab(fixture.name, fixture.settings.withDiskMegabytes(32));
        LabFixture.ready(small.up("small", _ -> {}));

        HostView.Result filled =
                fixture.ssh("small", "dd if=/dev/zero of=/srv/big bs=1M count=100 2>&1");

        assertThat(filled.exitCode()).isNotZero();
        assertThat(filled.output()).contains("No space left");
        assertThat(fixture.lab.powerOff("small")).isEmpty();
        fixture.up("small");
        assertThat(fixture.ssh("small", "test -s /srv/big").exitCode()).isZero();
    }

    @Test
    void rebootFromInsideComesBackWithAnotherBootId() {
        fixture.up("reboot");
        String before = fixture.ssh("reboot", "cat /proc/sys/kernel/random/boot_id").output();

        fixture.ssh("reboot", "systemctl reboot");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(fixture.ssh("reboot", "cat /proc/sys/kernel/random/boot_id"))
                                .matches(now -> now.exitCode() == 0)
                                .matches(now -> !now.output().equals(before)));
    }

    @Test
    void machineThatTurnedItselfOffIsStoppedAndStartsAgain() {
        NodeAccess access = fixture.up("off");

        fixture.ssh("off", "systemctl poweroff");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> fixture.listed("off").state() == LabMachine.State.STOPPED);
        assertThat(fixture.isSilent(access, Duration.ofSeconds(1))).isTrue();
        assertThat(fixture.up("off")).isEqualTo(access);
    }

    @Test
    void killedContainerProgramLeavesNoSecondMachine() {
        fixture.up("killed");
        long container = fixture.listed("killed").pid().flatMap(Processes::parent).orElseThrow();
        Processes.kill(container);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> fixture.listed("killed").state() == LabMachine.State.STOPPED);

        fixture.up("killed");

        assertThat(
                        HostView.run(List.of("ps", "-eo", "args"))
                                .output()
                                .lines()
                                .filter(line -> line.startsWith("systemd-nspawn"))
                                .filter(line -> line.contains(fixture.names().namespace("killed"))))
                .hasSize(1);
        assertThat(fixture.ssh("killed", "true")).isEqualTo(new HostView.Result(0, ""));
    }

    @Test
    void machineInstallsPackagesAndMayChangeItsNetwork() {
        fixture.up("apt");

        assertThat(fixture.ssh("apt", "apt-get install -y -q tree").exitCode()).isZero();
        assertThat(fixture.ssh("apt", "tree --version").output()).contains("tree v");
        assertThat(fixture.ssh("apt", "iptables -A INPUT -p tcp --dport 9 -j DROP").exitCode())
                .isZero();
        assertThat(fixture.ssh("apt", "sysctl -w net.ipv4.ip_forward=1").exitCode()).isZero();
        assertThat(fixture.ssh("apt", "systemctl is-system-running --wait").output())
                .isEqualTo("running\n");
    }

    @Test
    void refusesNamesThatAreNoHostNames() {
        Acquired outcome = fixture.lab.up("No/Name", _ -> {});

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Acquired.NotReady.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo("name"));
    }

    @Test
    void verbsAboutAnUnknownMachineFailAndDownDoesNot() {
        assertThat(fixture.lab.powerOff("nobody")).isPresent();
        assertThat(fixture.lab.cut("nobody")).isPresent();
        assertThat(fixture.lab.access("nobody")).isInstanceOf(Acquired.NotReady.class);
        assertThat(fixture.lab.sshCommand("nobody", List.of()))
                .isInstanceOf(Lab.Login.NotPossible.class);
        assertThat(fixture.lab.down("nobody")).isEmpty();
    }
}
