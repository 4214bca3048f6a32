package dev.ashlar.app.command;

import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.node.Provider.Acquired;
import dev.ashlar.model.work.Failure;
import dev.ashlar.providers.lab.Lab;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What the verbs of `lab` that do something to one machine have in common: all but what they do.
final class OneMachine {
    @Mixin private LabOptions options = new LabOptions();

    @Parameters(index = "0", paramLabel = "MACHINE", description = "The machine's name.")
    private String machine = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    /// What is done to a machine.
    interface Action {
        Optional<Failure> on(Lab lab, String machine);
    }

    /// What makes a machine run, which takes a while and says so.
    interface Making {
        Acquired on(Lab lab, String machine, Consumer<String> progress);
    }

    /// @param nowSo what is so of the machine when it was done
    int act(String verb, String nowSo, Action action) {
        Terminal terminal = options.terminal();
        LabOptions.Room room = options.room(cluster, terminal);
        return options.end(
                terminal,
                room,
                verb,
                action.on(room.lab(), machine).stream().toList(),
                machine + " " + nowSo);
    }

    int make(String verb, String nowSo, Making making) {
        Consumer<String> progress = options.terminal()::say;
        return act(
                verb,
                nowSo,
                (lab, name) ->
                        making.on(lab, name, progress) instanceof Acquired.NotReady(var failure)
                                ? Optional.of(failure)
                                : Optional.empty());
    }
}
