package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// A lab's folder: its SSH key, the subnet it likes to have, and one folder per machine.
///
/// @param path the lab's own, below the folder of all labs
record LabFolder(Path path) {

    Path identity() {
        return path.resolve("id_ed25519");
    }

    Path knownHosts() {
        return path.resolve("known_hosts");
    }

    Path machine(String name) {
        return path.resolve("machines").resolve(name);
    }

    private Path record(String name) {
        return machine(name).resolve("record");
    }

    /// Makes the folder and the lab's key.
    void ensure() throws LabFault {
        makePrivate(path);
        makePrivate(path.resolve("machines"));
        SshKeys.ensure(identity(), "ashlar-lab");
    }

    void ensureMachine(String name) throws LabFault {
        makePrivate(machine(name));
    }

    Optional<MachineRecord> read(String name) throws LabFault {
        return MachineRecord.of(KeyValueFile.read(record(name)));
    }

    void write(String name, MachineRecord content) throws LabFault {
        ensureMachine(name);
        KeyValueFile.write(record(name), content.entries());
    }

    /// The machines that have a record, by name.
    SequencedMap<String, MachineRecord> machines() throws LabFault {
        SequencedMap<String, MachineRecord> found = new LinkedHashMap<>();
        for (String name : machineFolders()) {
            read(name).ifPresent(content -> found.put(name, content));
        }
        return found;
    }

    /// The machines that have a folder, whatever is in it.
    List<String> machineFolders() {
        try (Stream<Path> folders = Files.list(path.resolve("machines"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(LabNames::isMachine)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Says that a machine is off the network because someone wants it so.
    void markCut(String machine, boolean isCut) throws LabFault {
        Path mark = machine(machine).resolve("cut");
        if (isCut) {
            KeyValueFile.replace(mark, "yes\n");
            return;
        }
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw LabFault.site("state", "cannot delete " + mark + ": " + e.getMessage());
        }
    }

    boolean isMarkedCut(String machine) {
        return Files.exists(machine(machine).resolve("cut"));
    }

    Optional<Subnet> preferredSubnet() throws LabFault {
        return Optional.ofNullable(KeyValueFile.read(path.resolve("network")).get("gateway"))
                .flatMap(Subnet::ofAddress);
    }

    void rememberSubnet(Subnet subnet) throws LabFault {
        if (!preferredSubnet().equals(Optional.of(subnet))) {
            KeyValueFile.write(
                    path.resolve("network"),
                    new LinkedHashMap<>(Map.of("gateway", subnet.gateway())));
        }
    }

    static Collection<Integer> numbers(Collection<MachineRecord> records) {
        return records.stream().map(MachineRecord::number).toList();
    }

    private static void makePrivate(Path folder) throws LabFault {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw LabFault.site("state", "cannot make " + folder + ": " + e.getMessage());
        }
    }
}
