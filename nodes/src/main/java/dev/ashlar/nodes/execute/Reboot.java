package dev.ashlar.nodes.execute;

import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.nodes.channel.ShellChannel;
import java.util.Optional;

/// A node's way through a reboot: told to, gone, back with another boot.
final class Reboot {
    private static final long LOOK_EVERY_MS = 500;

    /// The answer is on its way before the machine goes down.
    private static final String PROGRAM =
            "( ( sleep 0.3 2>/dev/null || sleep 1; systemctl reboot || reboot ) & )\n";

    private Reboot() {}

    /// Reboots the node unless it has done so since `boot`, and waits for it.
    ///
    /// @return the failure, or empty when it is back
    static Optional<Failure> of(Node node, String boot, Limits limits) throws InterruptedException {
        long until = System.nanoTime() + limits.reboot().toNanos();
        boolean told = false;
        String last = "it still shows the boot of before";
        while (System.nanoTime() < until) {
            switch (node.channel()) {
                case ShellChannel.Opening.Refused(Failure failure) -> {
                    if (failure.lasting()) {
                        return Optional.of(failure);
                    }
                    last = failure.message();
                }
                case ShellChannel.Opening.Opened(ShellChannel channel) -> {
                    if (!channel.boot().equals(boot)) {
                        return Optional.empty();
                    }
                    if (!told) {
                        channel.tell(PROGRAM);
                        told = true;
                        awaitEnd(channel, until);
                    }
                    node.close();
                }
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
        return Optional.of(
                Failure.passing(
                        "reboot",
                        Fault.NODE,
                        node.access().node()
                                + " did not come back from its reboot within "
                                + limits.reboot().toSeconds()
                                + " s: "
                                + last));
    }

    private static void awaitEnd(ShellChannel channel, long until) throws InterruptedException {
        while (channel.isAlive() && System.nanoTime() < until) {
            Thread.sleep(LOOK_EVERY_MS / 5);
        }
    }
}
