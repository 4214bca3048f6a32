package dev.ashlar.providers.lab;

import dev.ashlar.model.node.Provider;
import dev.ashlar.model.node.Provider.Acquired;
import dev.ashlar.model.work.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// One lab: a named set of real systemd machines on this host. Safe for use by several threads and
/// several processes at once; two calls about one machine wait for each other.
///
/// Machines outlive the process that started them and keep their disks through [#stop], [#powerOff]
/// and [#start]. Every call starts from what the kernel says is there, so that it finishes or
/// removes what a killed call began. Calls need root and return a failure of kind `not-root`
/// without it.
public final class Lab {
    private final LabSettings settings;
    private final MachineRoom room;

    public Lab(String name, LabSettings settings) {
        this.settings = settings;
        this.room = new MachineRoom(name, settings);
    }

    /// Installs what the lab needs from Debian and makes the base system, each unless it is there.
    public Optional<Failure> prepare(Consumer<String> progress) {
        return attempt(() -> {
            HostTools.ensure(progress);
            new BaseImage(settings).ensure(progress);
        });
    }

    /// Makes sure that the machine exists and has power, and waits until it answers on SSH. A
    /// machine whose cable is pulled stays so, and is not waited for.
    public Acquired up(String machine, Consumer<String> progress) {
        try {
            HostTools.ensure(progress);
            new BaseImage(settings).ensure(progress);
            return new Acquired.Ready(room.up(machine, progress));
        } catch (LabFault fault) {
            return new Acquired.NotReady(fault.failure());
        }
    }

    /// Brings several machines up at once.
    ///
    /// @return the outcome of each, in the order of `machines`
    public List<Acquired> up(List<String> machines, Consumer<String> progress) {
        ConcurrentHashMap<String, Acquired> outcomes = new ConcurrentHashMap<>();
        each(machines, machine -> outcomes.put(machine, up(machine, progress)));
        List<Acquired> inOrder = new ArrayList<>();
        for (String machine : machines) {
            Acquired outcome = outcomes.get(machine);
            inOrder.add(
                    outcome == null
                            ? new Acquired.NotReady(
                                    LabFault.site(Provider.INTERRUPTED, "interrupted").failure())
                            : outcome);
        }
        return inOrder;
    }

    /// The lab's machines by name, as they are now.
    public Listing list() {
        try {
            HostTools.ensureRoot();
            return new Listing.Machines(room.list());
        } catch (LabFault fault) {
            return new Listing.NotListed(fault.failure());
        }
    }

    /// What came of [#list].
    public sealed interface Listing {
        record Machines(List<LabMachine> machines) implements Listing {
            public Machines {
                machines = List.copyOf(machines);
            }
        }

        record NotListed(Failure failure) implements Listing {}
    }

    /// How a machine that exists is reached, whether it has power or not.
    public Acquired access(String machine) {
        try {
            HostTools.ensureRoot();
            return new Acquired.Ready(room.access(machine));
        } catch (LabFault fault) {
            return new Acquired.NotReady(fault.failure());
        }
    }

    /// The words of an `ssh` command that logs in and runs `remote` (a shell, when empty), trusting
    /// the pinned host key alone.
    public Login sshCommand(String machine, List<String> remote) {
        try {
            HostTools.ensureRoot();
            return new Login.Words(room.sshCommand(machine, remote));
        } catch (LabFault fault) {
            return new Login.NotPossible(fault.failure());
        }
    }

    /// What came of [#sshCommand].
    public sealed interface Login {
        record Words(List<String> words) implements Login {
            public Words {
                words = List.copyOf(words);
            }
        }

        record NotPossible(Failure failure) implements Login {}
    }

    /// Shuts it down cleanly, within a bound; then the power is cut. Its disk stays.
    public Optional<Failure> stop(String machine) {
        return attempt(() -> room.stop(machine));
    }

    /// Starts a machine that exists and waits until it answers on SSH. Its cable is plugged in.
    public Acquired start(String machine, Consumer<String> progress) {
        try {
            HostTools.ensure(progress);
            return new Acquired.Ready(room.start(machine, progress));
        } catch (LabFault fault) {
            return new Acquired.NotReady(fault.failure());
        }
    }

    /// Cuts the power: no process of it gets to do anything more, no address of it answers.
    public Optional<Failure> powerOff(String machine) {
        return attempt(() -> room.powerOff(machine));
    }

    /// Pulls the network cable.
    public Optional<Failure> cut(String machine) {
        return attempt(() -> room.unplug(machine));
    }

    /// Plugs the network cable in; when it returns the machine can be reached again.
    public Optional<Failure> mend(String machine) {
        return attempt(() -> room.mend(machine));
    }

    /// Drops all that was ever written to its disk and starts it again; name, address and host key
    /// stay.
    public Acquired wipe(String machine, Consumer<String> progress) {
        try {
            HostTools.ensure(progress);
            new BaseImage(settings).ensure(progress);
            return new Acquired.Ready(room.wipe(machine, progress));
        } catch (LabFault fault) {
            return new Acquired.NotReady(fault.failure());
        }
    }

    /// Ends one machine and forgets it. One that does not exist is no failure.
    public Optional<Failure> down(String machine) {
        return attempt(() -> room.down(machine));
    }

    /// Ends all machines and removes everything of this lab, also what no record names; then looks
    /// whether anything is left, which is a failure of kind `leftovers`.
    public Optional<Failure> down() {
        List<Failure> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        each(
                List.copyOf(new TreeSet<>(room.traces())),
                machine -> down(machine).ifPresent(failures::add));
        attempt(room::close).ifPresent(failures::add);
        if (!failures.isEmpty()) {
            return Optional.of(failures.getFirst());
        }
        List<Leftover> left = leftovers();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Failure.lasting(
                                "leftovers", Failure.Fault.SITE, "the lab left behind: " + left));
    }

    /// Everything of this lab's own that the host still has: processes, namespaces, interfaces,
    /// mounts, control groups, packet filter rules, loop devices.
    public List<Leftover> leftovers() {
        try {
            return room.leftovers();
        } catch (LabFault fault) {
            return List.of(new Leftover("unknown", fault.failure().message()));
        }
    }

    private interface Verb {
        void run() throws LabFault;
    }

    private static Optional<Failure> attempt(Verb verb) {
        try {
            HostTools.ensureRoot();
            verb.run();
            return Optional.empty();
        } catch (LabFault fault) {
            return Optional.of(fault.failure());
        }
    }

    private static void each(List<String> machines, Consumer<String> action) {
        List<Thread> threads =
                machines.stream()
                        .map(machine -> Thread.ofVirtual().start(() -> action.accept(machine)))
                        .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                threads.forEach(Thread::interrupt);
                Thread.currentThread().interrupt();
            }
        }
    }
}
