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

/// Starts and ends one machine's processes: on the host a keeper and, as its child, the container
/// program, whose only child is the machine's first process.
record Power(LabNames names, String machine, Path folder) {
    private static final Duration DEATH_WITHIN = Duration.ofSeconds(10);
    private static final String CONTAINER = "systemd-nspawn";

    /// Runs the container again whenever the machine reboots, which it tells by exit code 133, as a
    /// manager of services would. Each boot has a control group of its own, since one that has been
    /// divided takes no more processes. The addresses that the machine gave itself end with the
    /// boot.
    private static final String KEEPER =
            """
            space=$1 address=$2 gateway=$3 groups= boot=0 code=133
            shift 3
            while [ "$1" != -- ]; do groups="$groups $1"; shift; done
            shift
            join() {
                for group in $groups; do
                    mkdir -p "$group/$1" && echo 0 > "$group/$1/cgroup.procs" || exit 1
                done
            }
            join keeper
            while [ $code = 133 ]; do
                boot=$((boot + 1))
                if [ $boot -gt 1 ]; then
                    ip -n "$space" address flush dev eth0
                    ip -n "$space" address add "$address" broadcast + dev eth0
                    ip -n "$space" route replace default via "$gateway"
                fi
                (join boot-$boot; exec "$@")
                code=$?
            done
            ip -n "$space" link set eth0 down
            exit $code
            """;

    private Path console() {
        return folder.resolve("console.log");
    }

    /// Starts it in a session of its own, with nothing inherited from this process.
    ///
    /// @return the keeper, which lives as long as the machine has power
    Process on(Path root, Subnet subnet, int number) throws LabFault {
        List<String> words = new ArrayList<>(List.of("setsid", "sh", "-c", KEEPER, "sh"));
        words.add(names.namespace(machine));
        words.add(subnet.address(number) + "/24");
        words.add(subnet.gateway());
        new Cgroups(names).ensure(machine).forEach(group -> words.add(group.toString()));
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

    /// All that runs in the machine or for it, also what a killed call had begun to start: the
    /// caller holds the machine's lock, so that nobody else has anything to do with the machine.
    Set<Long> processes() throws LabFault {
        Set<Long> all = new LinkedHashSet<>(new Cgroups(names).processes(machine));
        all.addAll(
                Processes.ofLab(
                        List.of(
                                names.namespace(machine) + " ",
                                names.hostInterface(machine) + " ",
                                folder + "/")));
        all.addAll(new MachineNetwork(names, machine).processes());
        return all;
    }

    /// True from the start to the end, also while the machine reboots.
    boolean isOn() {
        return !new Cgroups(names).processes(machine + "/keeper").isEmpty();
    }

    /// The container program, if it runs.
    Optional<Long> container() {
        Set<Long> ours = new Cgroups(names).processes(machine);
        return ours.stream()
                .filter(pid -> Processes.name(pid).equals(CONTAINER))
                .filter(pid ->
                        Processes.parent(pid)
                                .filter(parent -> Processes.name(parent).equals(CONTAINER))
                                .isEmpty())
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
            await(bound, () -> !isOn());
        }
        cut();
    }

    /// Ends the machine at once. Killing the container program would leave the machine's own
    /// processes alive without it; killing its child ends them all, by the rules of namespaces.
    void cut() throws LabFault {
        Optional<Long> first = firstProcess();
        first.ifPresent(Processes::kill);
        if (first.isEmpty() || !await(Duration.ofSeconds(3), this::isDead)) {
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
