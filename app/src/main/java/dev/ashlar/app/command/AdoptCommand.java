package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.execution.Adoption;
import dev.ashlar.app.execution.Recovery;
import dev.ashlar.app.execution.Survey;
import dev.ashlar.app.execution.VaultInUse;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.run.Settings;
import dev.ashlar.model.node.Claim;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.copy.RecoveryKey;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Take a running cluster over: make its state here of what its nodes carry, and have them answer to it.",
            "For a lost state, an old one, or another clone. Every node is compared with the record; nothing else is changed there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar adopt examples/etcd",
            "  ashlar adopt examples/etcd --recovery-key ~/safe/etcd.key"
        })
final class AdoptCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();

    @Option(
            names = "--recovery-key",
            paramLabel = "FILE",
            description =
                    "Opens the sealed keys of the authorities; if not said, where `up` has kept it.")
    private Optional<Path> keyFile = Optional.empty();

    @Option(
            names = "--lineage",
            paramLabel = "ID",
            description = "Which state, where nodes answer to different ones.")
    private Optional<String> lineage = Optional.empty();

    @Option(
            names = "--without-keys",
            description =
                    "Go without them: what runs can be looked at and taken down, no more until they are found.")
    private boolean withoutKeys;

    @Option(
            names = "--without-record",
            description =
                    "Where no node carries a copy: begin with none. `up` then does every step again.")
    private boolean withoutRecord;

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = output.terminal();
        keyFile.filter(file -> !Files.isRegularFile(file))
                .ifPresent(file -> {
                    throw new CommandStop(ExitCode.INVALID, "error: there is no key " + file);
                });
        ClusterRequest request = options.request(cluster);
        Cluster before = Loading.runnable(request, output, terminal);
        terminal.say(Headline.of(before.composition()));
        String name = before.composition().name();
        Survey.Seen seen;
        Claim latest;
        try (Survey survey = Survey.of(new SshTransport(), before, Claims.nodes(before))) {
            seen = survey.look();
            latest = latest(name, seen);
            make(survey, seen, before, latest, terminal);
        }
        // The goal is that of the record which has just been made.
        Cluster adopted =
                Unlocking.ifPossible(Loading.cluster(request, output, terminal), terminal);
        try (Acting acting = Loading.act(adopted.folder());
                Workshop workshop =
                        Workshops.ofAny(
                                acting,
                                adopted,
                                adopted.vault().map(open -> VaultInUse.of(acting, open)))) {
            Adoption.Taken taken =
                    Adoption.takeOver(
                            acting,
                            workshop,
                            adopted.graph(),
                            seen,
                            Claims.nodes(adopted),
                            terminal,
                            Settings.DEFAULT_PARALLEL);
            return tell(terminal, adopted.asItIsNow(), latest, taken);
        }
    }

    private Claim latest(String name, Survey.Seen seen) {
        if (!seen.later().isEmpty()) {
            throw new CommandStop(
                    ExitCode.NOT_MINE,
                    "error: a later version of Ashlar has acted on "
                            + String.join(", ", seen.later())
                            + ": use that");
        }
        List<String> lineages = seen.lineages();
        if (lineage.isEmpty() && lineages.size() > 1) {
            throw new CommandStop(ExitCode.NOT_MINE, divided(name, seen));
        }
        return lineage.or(() -> lineages.stream().findFirst())
                .flatMap(seen::latest)
                .orElseThrow(() -> unclaimed(name, seen));
    }

    private static List<String> divided(String name, Survey.Seen seen) {
        List<String> lines = new ArrayList<>();
        lines.add("error: the nodes of cluster " + name + " answer to different states");
        seen.claims()
                .forEach((node, claim) ->
                        lines.add(
                                "  %s to %s, run %d, held by %s"
                                        .formatted(
                                                node,
                                                claim.lineage(),
                                                claim.run(),
                                                claim.holder())));
        lines.add("  help: --lineage ID adopts one of them, and has all nodes answer to it");
        return lines;
    }

    private static CommandStop unclaimed(String name, Survey.Seen seen) {
        if (seen.bare().isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add("error: no node of cluster " + name + " answers: there is nothing to adopt");
            seen.away().values().stream()
                    .limit(3)
                    .forEach(failure -> lines.add("  " + failure.message()));
            return new CommandStop(ExitCode.NODE_OR_SITE, lines);
        }
        return new CommandStop(
                ExitCode.INVALID,
                List.of(
                        "error: no node of cluster %s answers to any state: there is nothing to adopt"
                                .formatted(name),
                        "  help: `ashlar up` builds it"));
    }

    private static CommandStop uncopied(Claim latest) {
        return new CommandStop(
                ExitCode.NOT_MINE,
                List.of(
                        "error: no node carries a copy of its state: run %d, held by %s, did not come to its end"
                                .formatted(latest.run(), latest.holder()),
                        "  help: go on where that state lies, or put a backup of it back with `ashlar state restore FILE`",
                        "  help: --without-record begins with an empty one: `ashlar up` then does every step again"));
    }

    /// Of the first copy that is whole.
    private void make(
            Survey survey, Survey.Seen seen, Cluster before, Claim latest, Terminal terminal)
            throws InterruptedException {
        if (Adoption.isOnRecord(before.state(), latest)) {
            return;
        }
        List<Survey.Offer> offers = survey.copies(seen, latest.lineage());
        for (Survey.Offer offer : offers) {
            try {
                Optional<SequencedMap<String, byte[]>> copy = survey.fetch(offer);
                boolean isLast = offer.equals(offers.getLast());
                if (copy.isPresent() && make(before, latest, copy.get(), isLast)) {
                    warnOfLoss(terminal, latest, offer);
                    return;
                }
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.DAMAGED) {
                    throw e;
                }
                terminal.warn("warning: on " + offer.node() + " " + e.getMessage());
            }
        }
        if (!offers.isEmpty() || !withoutRecord) {
            throw uncopied(latest);
        }
        Adoption.makeBlank(before.folder());
    }

    private static void warnOfLoss(Terminal terminal, Claim latest, Survey.Offer offer) {
        if (offer.end().number() < latest.number()) {
            terminal.warn(
                    "warning: of run %d and what came before it nodes carry only the first %d records; what was done since shows in the comparison alone"
                            .formatted(latest.run(), offer.end().number()));
        }
    }

    /// @param isLast of another node the sealed keys may open
    /// @return false when they do not
    private boolean make(Cluster before, Claim latest, Map<String, byte[]> copy, boolean isLast) {
        Optional<Path> place = Recovery.place(latest.lineage(), System.getenv());
        Optional<Path> file =
                withoutKeys
                        ? Optional.empty()
                        : keyFile.or(() -> place.filter(Files::exists))
                                .or(() ->
                                        before.state()
                                                .map(RecoveryKey::file)
                                                .filter(Files::exists));
        Adoption.Made made =
                Adoption.make(
                        before.folder(),
                        latest.lineage(),
                        copy,
                        file.map(RecoveryKey::read),
                        withoutKeys);
        switch (made) {
            case Adoption.Made.State() -> {
                return true;
            }
            case Adoption.Made.Sealed() when !isLast -> {
                return false;
            }
            case Adoption.Made.Another() ->
                    throw new CommandStop(
                            ExitCode.NOT_MINE,
                            List.of(
                                    "error: the state in this folder is not an older one of what the nodes answer to; it was left as it is",
                                    "  help: `ashlar state backup FILE` keeps it; move .ashlar away, then adopt"));
            case Adoption.Made.Sealed() ->
                    throw new CommandStop(
                            ExitCode.NOT_ALLOWED,
                            List.of(
                                    "error: the keys of this cluster's authorities are sealed, and "
                                            + file.map(f -> f + " does not open them")
                                                    .or(() -> place.map(p -> p + " is not there"))
                                                    .orElse("no recovery key is named"),
                                    "  help: --recovery-key FILE names the key that `ashlar up` spoke of where it was held ("
                                            + latest.holder()
                                            + "); --without-keys goes without: then it can be looked at and taken down, no more"));
        }
    }

    private int tell(Terminal terminal, Cluster adopted, Claim latest, Adoption.Taken taken) {
        output.settle();
        int runs = adopted.past().runs().size();
        List<String> nodes =
                Claims.nodes(adopted).keySet().stream()
                        .filter(node -> !taken.away().containsKey(node))
                        .toList();
        terminal.say(
                "Adopted: %d runs are on record here now, the last by %s until run %d"
                        .formatted(runs, latest.holder(), latest.run()));
        terminal.say("  " + String.join(", ", nodes) + " answer to this state");
        taken.away()
                .forEach((node, why) ->
                        terminal.warn(
                                "warning: " + node + " was not taken over: " + why.message()));
        terminal.say(
                adopted.past().standing().isEmpty()
                        ? "Nothing is on record to compare; `ashlar up` does every step again."
                        : taken.differing().isEmpty()
                                ? "Everything is as it was left, checked on every node that answers."
                                : "help: `ashlar up --verify` mends what differs");
        return output.document(
                terminal,
                ExitCode.DONE.code(),
                () ->
                        Documents.adopt(
                                adopted.composition().name(),
                                adopted.state().map(StateFolder::lineage).orElse(""),
                                runs,
                                nodes,
                                List.copyOf(taken.away().keySet()),
                                taken.differing()));
    }
}
