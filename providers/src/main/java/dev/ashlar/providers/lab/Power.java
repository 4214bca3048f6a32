package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Starts and ends one machine's processes: the container program on the host and, as its only
/// child, the machine's first process.
record Power(LabNames names, String machine, Path folder) {
    private static final Duration DEATH_WITHIN = Duration.ofSeconds(10);
    private static final String CONTAINER = "systemd-nspawn";

    /// Joins the groups named before `--`, then becomes the program named after it.
    private static final String JOIN_AND_BECOME =
            """
            while [ "$1" != -- ]; do echo $$ > "$1" || exit 1; shift; done; shift; exec "$@"
            """;

    private Path console() {
        return folder.resolve("console.log");
    }

    /// Starts it in a session of its own, with nothing inherited from this process.
    ///
    /// @return the container program
    Process on(Path root) throws LabFault {
        List<String> words = new ArrayList<>(List.of("setsid", "sh", "-c"));
        words.addAll(List.of(JOIN_AND_BECOME, "sh"));
        new Cgroups(names).ensure(machine).forEach(file -> words.add(file.toString()));
        words.addAll(
                List.of(
                        "--",
                        CONTAINER,
                        "--quiet",
                        "--boot",
                        "--register=no",
                        "--keep-unit",
                        "--settings=no",
                        "--link-journal=no",
                        "--resolv-conf=off",
                        "--timezone=off",
                        "--console=read-only",
                        "--capability=CAP_NET_ADMIN",
                        "--directory=" + root,
                        "--machine=" + names.namespace(machine),
                        "--hostname=" + machine,
                        "--network-namespace-path="
                                + new MachineNetwork(names, machine).namespacePath()));
        ProcessBuilder builder =
                Command.of(words)
                        .prepared()
                        .redirectErrorStream(true)
                        .redirectOutput(console().toFile());
        builder.environment().put("SYSTEMD_NSPAWN_API_VFS_WRITABLE", "network");
        try {
            return builder.start();
        } catch (IOException e) {
            throw LabFault.site("boot", "cannot start " + CONTAINER + ": " + e.getMessage());
        }
    }

    /// All that runs in the machine or for it.
    Set<Long> processes() throws LabFault {
        Set<Long> all = new LinkedHashSet<>(new Cgroups(names).processes(machine));
        all.addAll(new MachineNetwork(names, machine).processes());
        return all;
    }

    /// The container program, if it runs.
    Optional<Long> container() {
        Set<Long> ours = new Cgroups(names).processes(machine);
        return ours.stream()
                .filter(pid -> Processes.name(pid).equals(CONTAINER))
                .filter(pid -> Processes.parent(pid).filter(ours::contains).isEmpty())
                .findFirst();
    }

    /// The machine's first process as the host numbers it, while the machine runs.
    Optional<Long> firstProcess() {
        return container()
                .flatMap(ProcessHandle::of)
                .flatMap(handle -> handle.children().findFirst())
                .map(ProcessHandle::pid);
    }

    /// Asks the machine to shut down and cuts its power when it has not within `bound`.
    void off(Duration bound) throws LabFault {
        Optional<Long> container = container();
        if (container.isPresent() && firstProcess().isPresent()) {
            Processes.terminate(container.get());
            await(bound, () -> container().isEmpty());
        }
        cut();
    }

    /// Ends the machine at once. Killing the container program would leave the machine's own
    /// processes alive without it; killing its child ends them all, by the rules of namespaces.
    void cut() throws LabFault {
        firstProcess().ifPresent(Processes::kill);
        if (!await(Duration.ofSeconds(3), this::isDead)) {
            processes().forEach(Processes::kill);
            if (!await(DEATH_WITHIN, this::isDead)) {
                throw LabFault.site(
                        "power-off", machine + " still has the processes " + processes());
            }
        }
    }

    private boolean isDead() {
        try {
            return processes().isEmpty();
        } catch (LabFault e) {
            return false;
        }
    }

    /// The last lines of its console.
    List<String> lastWords() {
        try {
            return Command.lastLines(Files.readString(console()));
        } catch (IOException e) {
            return List.of();
        }
    }

    static boolean await(Duration bound, BooleanSupplier condition) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return true;
    }
}
