package dev.ashlar.app.command;

import dev.ashlar.app.terminal.SimulationView;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// What is to go wrong in a simulation, and how often.
final class FaultOption {
    @Option(
            names = "--faults",
            paramLabel = "FAULT=NUMBER",
            split = ",",
            description =
                    "What goes wrong, and how often, such as slow=0.05,controller-crash=3. There are fails, broken, cut, slow, outage, node-crash, controller-crash, cancel, amend, flaps.")
    private List<String> given = new ArrayList<>();

    /// Stops with exit code 3 where a fault or a number is none.
    Faults faults() {
        Faults faults = Faults.NONE;
        for (String one : given) {
            int equals = one.indexOf('=');
            Fault fault = fault(equals < 0 ? one : one.substring(0, equals));
            faults = faults.with(fault, number(fault, equals < 0 ? "" : one.substring(equals + 1)));
        }
        return faults;
    }

    private static Fault fault(String word) {
        return Fault.of(word)
                .orElseThrow(() -> {
                    List<String> lines = new ArrayList<>();
                    lines.add("error: --faults: there is no fault \"" + word + "\"");
                    Spelling.nearest(word, Fault.words())
                            .ifPresent(near -> lines.add("  help: " + Spelling.meant(near)));
                    lines.add("  help: there are " + String.join(", ", Fault.words()));
                    return new CommandStop(ExitCode.INVALID, lines);
                });
    }

    private static double number(Fault fault, String text) {
        return parsed(text)
                .filter(fault.measure()::admits)
                .orElseThrow(() ->
                        new CommandStop(
                                ExitCode.INVALID,
                                List.of(
                                        "error: --faults: %s wants %s, found \"%s\""
                                                .formatted(fault.word(), wanted(fault), text),
                                        "  help: it is the " + fault.measure().words())));
    }

    private static Optional<Double> parsed(String text) {
        return text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")
                ? Optional.of(Double.valueOf(text))
                : Optional.empty();
    }

    private static String wanted(Fault fault) {
        return fault.measure() == Fault.Measure.RUN ? "a whole number" : "a number from 0 to 1";
    }

    /// The same as it may be typed; empty where nothing goes wrong.
    static String words(Faults faults) {
        return faults.rates().entrySet().stream()
                .map(one -> one.getKey().word() + "=" + SimulationView.rate(one.getValue()))
                .collect(Collectors.joining(","));
    }
}
