package dev.ashlar.app.command;

import dev.ashlar.app.cluster.PkiRecord;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.journal.AuthorityStanding.Generations;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.services.pki.Intermediates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rotate",
        description = {
            "Replace an authority by another one, with nobody being refused in between: first both",
            "are believed, then the new one issues, then the old one is not believed any more. Each",
            "of the three is an ordinary run under the rollout; what was cut short is gone on with",
            "by the same command."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar pki rotate kv-peers examples/etcd",
            "  ashlar pki rotate kv-clients examples/etcd --step     one at a time"
        })
final class PkiRotateCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--step",
            description =
                    "Stop after one of the three: others than this cluster may have to be told whom to believe.")
    private boolean step;

    @Option(
            names = "--own-root",
            description =
                    "The new one is its own root, though the old one stands by another that is kept elsewhere.")
    private boolean isOwnRoot;

    @Mixin private ReasonOption reason = new ReasonOption();

    @Parameters(index = "0", paramLabel = "AUTHORITY", description = "The authority's name.")
    private String name = "";

    private static final Set<Order> STEPS = Set.of(Order.BESIDE, Order.HAND_OVER, Order.RETIRE);

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "Folder or file.")
    private Optional<Path> path = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        try (OrderedRun ordered = OrderedRun.begin(output, run, options.request(path))) {
            PkiRecord pki = PkiCommand.record(ordered.cluster(), Instant.now());
            PkiCommand.named(pki, name);
            refuse(ordered);
            boolean isBegun = ordered.orders().of(name).generations().isOverlapping();
            if (isBegun && !ordered.intermediates().isMade(name)) {
                refuseUnsigned(ordered.intermediates());
            }
            boolean ends = isEnding(ordered);
            if (!ordered.isDone()) {
                ordered.terminal().say("What was begun before is gone on with");
                int code = ordered.carryOut("", List.of(), new LinkedHashSet<>(pki.holders(name)));
                if (code != ExitCode.DONE.code() || ends || (step && isBegun)) {
                    return ordered.told(code);
                }
                if (!ordered.isDone()) {
                    return ordered.told(waiting(ordered));
                }
            }
            return ordered.told(rotate(ordered, pki));
        }
    }

    /// True where all has been ordered before, and only its end was cut short.
    private boolean isEnding(OrderedRun ordered) {
        return !ordered.isDone()
                && ordered.orders().all().reversed().stream()
                        .filter(one -> one.authority().equals(name) && STEPS.contains(one.order()))
                        .findFirst()
                        .filter(one -> one.order() == Order.RETIRE)
                        .isPresent();
    }

    private int rotate(OrderedRun ordered, PkiRecord pki) throws InterruptedException {
        while (true) {
            Order next = next(ordered.orders().of(name).generations());
            if (next == Order.BESIDE) {
                refuseUnsigned(ordered.intermediates());
            }
            tell(ordered.terminal(), next);
            AuthorityOrdered order = new Ordering(reason.text(), Instant.now()).of(name, next);
            int code = ordered.carryOut("", List.of(order), new LinkedHashSet<>(pki.holders(name)));
            if (code != ExitCode.DONE.code() || next == Order.RETIRE) {
                return code;
            }
            if (!ordered.isDone()) {
                return waiting(ordered);
            }
            if (step) {
                ordered.terminal().say("  help: the same command does the next of the three");
                return code;
            }
        }
    }

    private static int waiting(OrderedRun ordered) {
        ordered.terminal().warn("warning: not everything stands yet: the same command goes on");
        return ExitCode.WAITING.code();
    }

    private static Order next(Generations now) {
        if (!now.isOverlapping()) {
            return Order.BESIDE;
        }
        return now.isIssuingOld() ? Order.HAND_OVER : Order.RETIRE;
    }

    private void tell(Terminal terminal, Order order) {
        terminal.say(
                switch (order) {
                    case BESIDE ->
                            "1 of 3: another " + name + " is believed beside the one there is";
                    case HAND_OVER -> "2 of 3: certificates are issued by the new " + name;
                    default -> "3 of 3: the old " + name + " is not believed any more";
                });
    }

    /// Whoever knows a root that is kept elsewhere goes on knowing that alone: what comes in its
    /// place without being asked for there is refused by them, and what was asked for is not given
    /// up by the way.
    private void refuseUnsigned(Intermediates intermediates) {
        try {
            if (intermediates.isUnsigned(name)) {
                throw waits(
                        "the next %s waits to be signed by another authority".formatted(name),
                        "`ashlar pki accept %1$s FILE` takes its certificate in; `ashlar pki request %1$s --withdraw` goes on without");
            }
            List<String> problems = intermediates.problems(name, Instant.now());
            if (!problems.isEmpty()) {
                throw waits(
                        "what was accepted for %s does no more: %s"
                                .formatted(name, String.join("; ", problems)),
                        "`ashlar pki accept %1$s FILE` takes in another certificate for it; `ashlar pki request %1$s --withdraw` goes on without");
            }
            Optional<String> root = intermediates.root(name);
            if (root.isPresent() && !isOwnRoot && !intermediates.isWaiting(name)) {
                throw waits(
                        "%s stands by %s, which was asked for nothing".formatted(name, root.get()),
                        "`ashlar pki request %1$s` prints what is to be signed there; --own-root makes one that is its own root");
            }
        } catch (IOException e) {
            throw PkiCommand.unusable(e);
        }
    }

    private CommandStop waits(String error, String help) {
        return new CommandStop(
                ExitCode.WAITING, List.of("error: " + error, "  help: " + help.formatted(name)));
    }

    private void refuse(OrderedRun ordered) {
        List<String> others =
                ordered.orders().overlapping().stream().filter(one -> !one.equals(name)).toList();
        if (!others.isEmpty()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: " + others.getFirst() + " is being replaced",
                            "  help: `ashlar pki rotate "
                                    + others.getFirst()
                                    + "` goes on with that; then "
                                    + name));
        }
        if (ordered.isEdited()) {
            throw new CommandStop(
                    ExitCode.WAITING,
                    List.of(
                            "error: the files have changed since the last `up`",
                            "  help: `ashlar up` brings that about first"));
        }
    }
}
