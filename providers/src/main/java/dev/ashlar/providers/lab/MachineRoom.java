package dev.ashlar.providers.lab;

import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.work.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The lab's verbs as rows of idempotent steps, each under the machine's lock.
final class MachineRoom {
    private static final Duration LOCK_WITHIN = Duration.ofMinutes(5);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(1);
    private static final int SSH = 22;

    private final LabSettings settings;
    private final LabNames names;
    private final LabFolder folder;
    private final HostNetwork network;

    MachineRoom(String lab, LabSettings settings) {
        this.settings = settings;
        this.names = LabNames.of(lab, settings.folder());
        this.folder = new LabFolder(settings.folder().toAbsolutePath().resolve(names.folder()));
        this.network = new HostNetwork(names);
    }

    NodeAccess up(String machine, Consumer<String> progress) throws LabFault {
        if (!LabNames.isMachine(machine)) {
            throw LabFault.user(
                    "name",
                    "a lab machine cannot be called \""
                            + machine
                            + "\": small letters, digits and dashes, at most 50");
        }
        return locked(machine, () -> powered(machine, admit(machine), progress));
    }

    NodeAccess start(String machine, Consumer<String> progress) throws LabFault {
        known(machine);
        return locked(
                machine,
                () -> {
                    known(machine);
                    if (power(machine).isOn() && folder.isMarkedCut(machine)) {
                        plugIn(machine);
                    }
                    return powered(machine, admit(machine), progress);
                });
    }

    NodeAccess wipe(String machine, Consumer<String> progress) throws LabFault {
        known(machine);
        return locked(
                machine,
                () -> {
                    MachineRecord before = known(machine);
                    powerOffNow(machine);
                    disk(machine, before).erase();
                    folder.write(machine, onPresentImage(before));
                    return powered(machine, admit(machine), progress);
                });
    }

    void stop(String machine) throws LabFault {
        known(machine);
        locked(
                machine,
                () -> {
                    power(machine).off(settings.stopWithin());
                    release(machine);
                    return true;
                });
    }

    void powerOff(String machine) throws LabFault {
        known(machine);
        locked(
                machine,
                () -> {
                    powerOffNow(machine);
                    return true;
                });
    }

    void unplug(String machine) throws LabFault {
        withPower(
                machine,
                () -> {
                    folder.markCut(machine, true);
                    cable(machine).unplug();
                    return true;
                });
    }

    void mend(String machine) throws LabFault {
        withPower(
                machine,
                () -> {
                    plugIn(machine);
                    return true;
                });
    }

    private void plugIn(String machine) throws LabFault {
        cable(machine).plugIn(access(machine).address());
        folder.markCut(machine, false);
    }

    private void withPower(String machine, HostLock.Guarded<Boolean> work) throws LabFault {
        known(machine);
        locked(
                machine,
                () -> {
                    if (!power(machine).isOn()) {
                        throw LabFault.user("stopped", machine + " has no power");
                    }
                    return work.run();
                });
    }

    void down(String machine) throws LabFault {
        locked(
                machine,
                () -> {
                    powerOffNow(machine);
                    Mounts.unmountBelow(folder.machine(machine));
                    return lockedLab(() -> {
                        Mounts.delete(folder.machine(machine));
                        closeIfEmpty();
                        return true;
                    });
                });
    }

    /// Removes what the lab has beyond its machines, if it has no machine.
    void close() throws LabFault {
        lockedLab(() -> {
            closeIfEmpty();
            return true;
        });
    }

    private void closeIfEmpty() throws LabFault {
        if (traces().isEmpty()) {
            network.remove();
            new Cgroups(names).removeLab();
            Mounts.delete(folder.path());
        }
    }

    /// Every machine of which anything is there.
    Set<String> traces() {
        Set<String> found = new LinkedHashSet<>(folder.machineFolders());
        found.addAll(MachineNetwork.machines(names));
        found.addAll(new Cgroups(names).machines());
        return found;
    }

    List<Leftover> leftovers() throws LabFault {
        return new LeftoverSearch(names, folder.path()).find();
    }

    List<LabMachine> list() throws LabFault {
        Optional<Subnet> subnet = network.subnet();
        List<LabMachine> machines = new ArrayList<>();
        for (Map.Entry<String, MachineRecord> entry : folder.machines().entrySet()) {
            String name = entry.getKey();
            Power power = power(name);
            LabMachine.State state =
                    !power.isOn()
                            ? LabMachine.State.STOPPED
                            : cable(name).isPlugged()
                                    ? LabMachine.State.RUNNING
                                    : LabMachine.State.CUT;
            machines.add(
                    new LabMachine(
                            name,
                            subnet.map(net -> net.address(entry.getValue().number())),
                            state,
                            power.firstProcess(),
                            hostKey(name, entry.getValue()).fingerprint()));
        }
        return machines;
    }

    NodeAccess access(String machine) throws LabFault {
        MachineRecord found = known(machine);
        Optional<Subnet> live = network.subnet();
        Optional<Subnet> subnet = live.isPresent() ? live : folder.preferredSubnet();
        return access(
                machine,
                found,
                subnet.orElseThrow(() -> LabFault.site("stopped", "the lab has no network yet")));
    }

    List<String> sshCommand(String machine, List<String> remote) throws LabFault {
        NodeAccess access = access(machine);
        StringBuilder pinned = new StringBuilder();
        for (LabMachine each : list()) {
            HostKey key = hostKey(each.name(), known(each.name()));
            each.address().ifPresent(a -> pinned.append(a).append(' ').append(key).append('\n'));
        }
        KeyValueFile.replace(folder.knownHosts(), pinned.toString());
        List<String> words = new ArrayList<>(List.of("ssh", "-i", access.identity().toString()));
        for (String option :
                List.of(
                        "UserKnownHostsFile=" + folder.knownHosts(),
                        "GlobalKnownHostsFile=/dev/null",
                        "StrictHostKeyChecking=yes",
                        "IdentitiesOnly=yes",
                        "LogLevel=ERROR")) {
            words.addAll(List.of("-o", option));
        }
        words.add(access.user() + "@" + access.address());
        words.addAll(remote);
        return words;
    }

    /// Gives the machine a record, hence a number, and the lab its network. One lock for both: the
    /// network goes with the last record.
    private Admitted admit(String machine) throws LabFault {
        return lockedLab(() -> {
            folder.ensure();
            Optional<MachineRecord> before = folder.read(machine);
            MachineRecord admitted = before.isPresent() ? before.get() : newRecord();
            folder.write(machine, admitted);
            Subnet subnet = network.ensure(folder.preferredSubnet());
            folder.rememberSubnet(subnet);
            return new Admitted(admitted, subnet);
        });
    }

    private record Admitted(MachineRecord found, Subnet subnet) {}

    private MachineRecord newRecord() throws LabFault {
        int number =
                Subnet.firstFreeMachine(LabFolder.numbers(folder.machines().values()))
                        .orElseThrow(
                                () -> LabFault.site("addresses", "the lab has no address left"));
        return new MachineRecord(number, new BaseImage(settings).name(), settings.diskMegabytes());
    }

    /// A wiped machine whose image is gone from the cache starts over on today's.
    private MachineRecord onPresentImage(MachineRecord before) {
        return Files.isDirectory(BaseImage.root(settings, before.base()))
                ? before
                : new MachineRecord(
                        before.number(), new BaseImage(settings).name(), before.diskMegabytes());
    }

    /// A machine that runs unplugged though nobody cut it is one that a killed call was ending:
    /// that is finished first.
    private NodeAccess powered(String machine, Admitted admitted, Consumer<String> progress)
            throws LabFault {
        MachineRecord found = admitted.found();
        NodeAccess access = access(machine, found, admitted.subnet());
        Power power = power(machine);
        BooleanSupplier ended = () -> !power.isOn();
        boolean meantToBeCut = folder.isMarkedCut(machine);
        if (!power.isOn() || (!meantToBeCut && !cable(machine).isPlugged())) {
            powerOffNow(machine);
            MachineDisk disk = disk(machine, found);
            disk.ensure(machine, access.address(), SshKeys.publicHalf(folder.identity()));
            cable(machine).ensure(admitted.subnet(), found.number());
            Process keeper = power.on(disk.root(), admitted.subnet(), found.number());
            ended = () -> !keeper.isAlive() && !power.isOn();
            progress.accept(machine + " is starting at " + access.address());
        }
        if (!folder.isMarkedCut(machine)) {
            awaitAnswer(machine, power, ended, access.address());
        }
        return access;
    }

    private void awaitAnswer(String machine, Power power, BooleanSupplier ended, String address)
            throws LabFault {
        boolean[] answered = {false};
        Power.await(
                settings.bootWithin(),
                () -> {
                    answered[0] = SshBanner.answers(address, SSH, ONE_ANSWER);
                    return answered[0] || ended.getAsBoolean();
                });
        if (Thread.currentThread().isInterrupted()) {
            throw LabFault.site(
                    Provider.INTERRUPTED, "interrupted while " + machine + " was starting");
        }
        if (!answered[0]) {
            String what =
                    ended.getAsBoolean()
                            ? " ended while starting"
                            : " did not answer on SSH within "
                                    + settings.bootWithin().toSeconds()
                                    + " s";
            throw new LabFault(
                    Failure.passing("boot", Failure.Fault.SITE, machine + what)
                            .withCommand("systemd-nspawn", 1, power.lastWords()));
        }
    }

    /// The cable is pulled first, so that not one more packet leaves the machine.
    private void powerOffNow(String machine) throws LabFault {
        if (cable(machine).isPlugged()) {
            cable(machine).unplug();
        }
        power(machine).cut();
        release(machine);
    }

    /// Takes away what a machine has only while it has power.
    private void release(String machine) throws LabFault {
        cable(machine).remove();
        Optional<MachineRecord> found = folder.read(machine);
        if (found.isPresent()) {
            disk(machine, found.get()).unmount();
            folder.markCut(machine, false);
        }
        new Cgroups(names).remove(machine);
    }

    private MachineRecord known(String machine) throws LabFault {
        return folder.read(machine)
                .orElseThrow(() ->
                        LabFault.user("unknown-machine", "the lab has no machine " + machine));
    }

    private NodeAccess access(String machine, MachineRecord found, Subnet subnet) throws LabFault {
        return new NodeAccess(
                machine,
                subnet.address(found.number()),
                SSH,
                "root",
                folder.identity(),
                List.of(hostKey(machine, found)),
                false,
                Optional.empty());
    }

    private HostKey hostKey(String machine, MachineRecord found) throws LabFault {
        return SshKeys.read(disk(machine, found).ensureHostKey(machine));
    }

    private MachineDisk disk(String machine, MachineRecord found) {
        Path base = BaseImage.root(settings, found.base());
        return new MachineDisk(folder.machine(machine), base, found.diskMegabytes());
    }

    private Power power(String machine) {
        return new Power(names, machine, folder.machine(machine));
    }

    private MachineNetwork cable(String machine) {
        return new MachineNetwork(names, machine);
    }

    private <T> T locked(String machine, HostLock.Guarded<T> work) throws LabFault {
        return HostLock.holding(names.namespace(machine), LOCK_WITHIN, work);
    }

    private <T> T lockedLab(HostLock.Guarded<T> work) throws LabFault {
        return HostLock.holding("lab-" + names.hash(), LOCK_WITHIN, work);
    }
}
