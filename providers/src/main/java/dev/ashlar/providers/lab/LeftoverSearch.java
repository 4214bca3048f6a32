package dev.ashlar.providers.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Looks through the host for what carries a lab's name or lies in its folder. Asks the kernel
/// alone: a record that was lost hides nothing.
record LeftoverSearch(LabNames names, Path folder) {

    List<Leftover> find() throws LabFault {
        List<Leftover> found = new ArrayList<>();
        processes().forEach(pid -> add(found, "process", pid + " " + Processes.name(pid)));
        MachineNetwork.machines(names)
                .forEach(machine -> add(found, "namespace", names.namespace(machine)));
        HostNetwork.interfaces(names.interfacePrefix())
                .forEach(link -> add(found, "interface", link));
        if (HostNetwork.exists(names.bridge())) {
            add(found, "interface", names.bridge());
        }
        Mounts.below(folder).forEach(point -> add(found, "mount", point));
        new Cgroups(names).all().forEach(group -> add(found, "cgroup", group));
        new HostNetwork(names).ruleLines().forEach(line -> add(found, "rule", line));
        Command.of("losetup", "--noheadings", "--output", "NAME,BACK-FILE")
                .run()
                .lines()
                .filter(line -> line.contains(folder + "/"))
                .forEach(line -> add(found, "loop", line.strip()));
        return found;
    }

    private Set<Long> processes() throws LabFault {
        Set<Long> all = new LinkedHashSet<>(new Cgroups(names).processes(""));
        all.addAll(Processes.naming(folder.resolve("machines")));
        for (String machine : MachineNetwork.machines(names)) {
            all.addAll(new MachineNetwork(names, machine).processes());
        }
        return all;
    }

    private static void add(List<Leftover> found, String kind, Object name) {
        found.add(new Leftover(kind, name.toString()));
    }
}
