package dev.ashlar.app.kit;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;

/// Holds apt on a machine in its middle: everything is fetched, dpkg has not begun. Needs no luck
/// with the moment.
public final class HeldApt {
    private static final String HOLD = "/run/test-hold";
    private static final Path HOOK = Path.of("/etc/apt/apt.conf.d/99hold");

    private final Machine machine;

    private HeldApt(Machine machine) {
        this.machine = machine;
    }

    /// From now on the machine's apt waits in its middle.
    public static HeldApt on(Machine machine) {
        machine.run("touch " + HOLD);
        machine.write(
                HOOK,
                "DPkg::Pre-Invoke { \"touch %s-reached; while test -e %s; do sleep 0.05; done\"; };\n"
                        .formatted(HOLD, HOLD),
                "0644");
        return new HeldApt(machine);
    }

    /// Waits until apt is there.
    public void awaitReached(Duration within) {
        await("apt is in its middle")
                .atMost(within)
                .until(() -> machine.attempt("test -e %s-reached".formatted(HOLD)).exitCode() == 0);
    }

    /// Lets it go on.
    public void release() {
        machine.run("rm -f " + HOLD);
    }

    /// Waits until neither apt nor dpkg runs.
    public void awaitEnded(Duration within) {
        await("apt has ended")
                .atMost(within)
                .until(() -> machine.attempt("pgrep -x 'apt-get|dpkg|apt'").exitCode() == 1);
    }

    /// Takes the hook away, so that the machine's files are what they were.
    public void remove() {
        release();
        machine.run("rm -f %s %s-reached".formatted(HOOK, HOLD));
    }
}
