package dev.ashlar.providers.lab;

import dev.ashlar.model.node.Provider.Acquired;
import dev.ashlar.model.work.Failure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A process of its own that drives a lab, for tests that end such a process at a bad moment:
/// `FOLDER LAB VERB [MACHINE...]`.
final class LabProcess {
    private LabProcess() {}

    public static void main(String[] args) {
        LabSettings settings = LabSettings.standard(System.getenv()).withFolder(Path.of(args[0]));
        Lab lab = new Lab(args[1], settings);
        List<String> machines = Arrays.asList(args).subList(3, args.length);
        switch (args[2]) {
            case "up" -> lab.up(machines, System.out::println).forEach(LabProcess::show);
            case "start" -> show(lab.start(machines.getFirst(), System.out::println));
            case "wipe" -> show(lab.wipe(machines.getFirst(), System.out::println));
            case "stop" -> show(lab.stop(machines.getFirst()));
            case "power-off" -> show(lab.powerOff(machines.getFirst()));
            case "cut" -> show(lab.cut(machines.getFirst()));
            case "mend" -> show(lab.mend(machines.getFirst()));
            case "down" -> show(machines.isEmpty() ? lab.down() : lab.down(machines.getFirst()));
            case "prepare" -> show(lab.prepare(System.out::println));
            case "leftovers" -> System.out.println(lab.leftovers());
            case "ssh" -> System.out.println(lab.sshCommand(machines.getFirst(), List.of()));
            default -> System.out.println(lab.list());
        }
    }

    private static void show(Acquired outcome) {
        System.out.println(outcome);
    }

    private static void show(Optional<Failure> failure) {
        System.out.println(failure);
    }
}
