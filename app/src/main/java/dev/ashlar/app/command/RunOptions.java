package dev.ashlar.app.command;

import dev.ashlar.app.execution.Manner;
import dev.ashlar.app.execution.TimeLimit;
import dev.ashlar.app.terminal.Terminal;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/// How a run is carried out.
final class RunOptions {
    private static final String YES = "yes";

    /// Takes a value only where it is attached (`--yes=NAME`, `--reset=PATH`): in `--yes
    /// examples/etcd` what follows is the cluster.
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments,
                CommandSpec command,
                ArgSpec option,
                Map<String, Object> info) {
            if (" ".equals(info.get("separator"))) {
                arguments.push(((OptionSpec) option).fallbackValue());
            }
            return false;
        }
    }

    @Option(
            names = "--yes",
            arity = "0..1",
            fallbackValue = YES,
            preprocessor = OnlyAttached.class,
            paramLabel = "CLUSTER",
            description = "Do not ask; with =CLUSTER only if that is its name.")
    private String yes = "";

    @Option(names = "--no-input", description = "Never ask: stop with exit code 5 instead.")
    private boolean noInput;

    @Mixin private ParallelOption parallel = new ParallelOption();

    @Option(
            names = {"-v", "--verbose"},
            description = "Show what each step printed and changed when it ends.")
    private boolean verbose;

    @Mixin private TimeOptions time = new TimeOptions();

    TimeLimit limit(Terminal terminal) {
        return time.start(terminal);
    }

    /// How the run is to be carried out; who wants quiet gets it.
    Manner manner(TimeLimit limit, boolean quiet) {
        return new Manner(parallel.value(), verbose && !quiet, limit);
    }

    boolean saysYes(String cluster) {
        return yes.equals(YES) || yes.equals(cluster);
    }

    /// The name that was given with `--yes`, where it is not this cluster's.
    Optional<String> saysYesToAnother(String cluster) {
        return Optional.of(yes).filter(name -> !name.isEmpty() && !saysYes(cluster));
    }

    boolean mayAsk() {
        return !noInput && !"0".equals(System.getenv("ASHLAR_INPUT"));
    }
}
