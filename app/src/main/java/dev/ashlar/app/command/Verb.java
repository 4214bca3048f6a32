package dev.ashlar.app.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/// What the command line can be told to do, in the order of its help.
enum Verb {
    VALIDATE(ValidateCommand::new, "check"),
    PLAN(PlanCommand::new, "diff"),
    SIMULATE(SimulateCommand::new),
    UP(UpCommand::new, "apply"),
    DOWN(DownCommand::new),
    STATUS(StatusCommand::new),
    WHY(WhyCommand::new),
    GRAPH(GraphCommand::new),
    EXPLAIN(ExplainCommand::new),
    RUNS(RunsCommand::new),
    LOGS(LogsCommand::new),
    EXEC(ExecCommand::new),
    SSH(SshCommand::new),
    NODE(NodeCommand::new),
    SECRET(SecretCommand::new),
    PKI(PkiCommand::new),
    TIMER(TimerCommand::new),
    AUDIT(AuditCommand::new),
    CANCEL(CancelCommand::new),
    ADOPT(AdoptCommand::new),
    STATE(StateCommand::new),
    PACK(PackCommand::new),
    LAB(LabCommand::new),
    COMPLETION(CompletionCommand::new),
    VERSION(VersionCommand::new),
    HELP(HelpCommand::new);

    private static final List<Verb> ALL = List.of(values());

    private final Supplier<Object> command;
    private final List<String> aliases;

    Verb(Supplier<Object> command, String... aliases) {
        this.command = command;
        this.aliases = List.of(aliases);
    }

    /// Those that a command line may use. Laying a verb out costs more than most of what one does,
    /// so only the one that is named is; all of them where none is, or where it speaks of others.
    static List<Verb> in(String[] arguments) {
        return Arrays.stream(arguments)
                .limit(1)
                .flatMap(first -> ALL.stream().filter(verb -> verb.isCalled(first)))
                .filter(verb -> verb != HELP && verb != COMPLETION)
                .findAny()
                .map(List::of)
                .orElse(ALL);
    }

    void addTo(CommandLine line) {
        line.addSubcommand(word(), command.get(), aliases.toArray(String[]::new));
    }

    private boolean isCalled(String word) {
        return word().equals(word) || aliases.contains(word);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
