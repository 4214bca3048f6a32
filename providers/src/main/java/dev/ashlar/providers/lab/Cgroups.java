package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// One control group tree per lab, one group per machine in it. Works on hosts with the unified
/// hierarchy alone and on those that have the named `systemd` one beside it.
///
/// Every process of a machine is in its group, which is how all of them are found, whoever started
/// them and whatever became of their parents.
record Cgroups(LabNames names) {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");

    /// The hierarchies a machine's systemd needs to be alone in.
    static List<Path> hierarchies() {
        List<Path> named =
                Stream.of("systemd", "unified")
                        .map(MOUNT::resolve)
                        .filter(path -> Files.exists(path.resolve("cgroup.procs")))
                        .toList();
        return named.isEmpty() ? List.of(MOUNT) : named;
    }

    private List<Path> of(String machine) {
        return hierarchies().stream()
                .map(hierarchy -> hierarchy.resolve(names.cgroup()).resolve(machine))
                .toList();
    }

    /// Makes the machine's groups.
    ///
    /// @return their folders
    List<Path> ensure(String machine) throws LabFault {
        try {
            List<Path> groups = of(machine);
            for (Path group : groups) {
                Files.createDirectories(group);
            }
            return groups;
        } catch (IOException e) {
            throw LabFault.site("cgroup", "cannot make a control group: " + e.getMessage());
        }
    }

    /// All processes of a machine, or of the whole lab for an empty name.
    Set<Long> processes(String machine) {
        Set<Long> pids = new LinkedHashSet<>();
        for (Path group : of(machine)) {
            for (Path folder : tree(group)) {
                try {
                    Files.readAllLines(folder.resolve("cgroup.procs"))
                            .forEach(line -> pids.add(Long.parseLong(line.strip())));
                } catch (IOException e) {
                    // The group went away while being read, and its processes with it.
                }
            }
        }
        pids.remove(0L);
        return pids;
    }

    /// Removes the machine's groups, the innermost first. They must be empty of processes.
    void remove(String machine) {
        of(machine).forEach(Cgroups::removeTree);
    }

    /// Removes the lab's own groups if no machine's are left.
    void removeLab() {
        for (Path hierarchy : hierarchies()) {
            try {
                Files.deleteIfExists(hierarchy.resolve(names.cgroup()));
            } catch (IOException e) {
                // A machine's group is still there; the check after `down` names it.
            }
        }
    }

    /// The machines that have a group.
    List<String> machines() {
        Set<String> found = new LinkedHashSet<>();
        for (Path hierarchy : hierarchies()) {
            try (Stream<Path> groups = Files.list(hierarchy.resolve(names.cgroup()))) {
                groups.filter(Files::isDirectory)
                        .forEach(group -> found.add(group.getFileName().toString()));
            } catch (IOException e) {
                // The lab has no group here.
            }
        }
        return List.copyOf(found);
    }

    /// The lab's groups that exist.
    List<Path> all() {
        return hierarchies().stream()
                .map(hierarchy -> hierarchy.resolve(names.cgroup()))
                .filter(Files::exists)
                .flatMap(group -> tree(group).stream())
                .toList();
    }

    private static void removeTree(Path group) {
        for (Path folder : tree(group).reversed()) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                // Still busy; the check after `down` names it.
            }
        }
    }

    /// A group and all below it, the outermost first.
    private static List<Path> tree(Path group) {
        try (Stream<Path> folders = Files.walk(group)) {
            return folders.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }
}
