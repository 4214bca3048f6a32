package dev.ashlar.app.trial;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.OpenVault;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.execution.EarlyEnd;
import dev.ashlar.app.execution.Runner;
import dev.ashlar.app.execution.VaultInUse;
import dev.ashlar.app.execution.Verification;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.terminal.Progress;
import dev.ashlar.app.terminal.ProgressMode;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.engine.run.Core;
import dev.ashlar.engine.run.Settings;
import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.providers.Providers;
import dev.ashlar.providers.lab.Lab;
import dev.ashlar.providers.lab.LabProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A test cluster with a state and machines of its own, on which a suite acts as a person would by
/// `up` and `down`, each with a past that is read anew from the state. Confined to one thread.
final class Stand {
    /// What [#restless] looks for, as a stage.
    static final String AT_REST = "nothing is left to do, and every node is as it is on record";

    private final Path folder;
    private final Composition files;
    private final VaultInUse vault;
    private final Terminal terminal;
    private final ProgressMode mode;
    private final EarlyEnd end;
    private final Clock clock = Clock.systemUTC();
    private int runs;

    /// @param folder where the copy of its file lies
    /// @param mode how each run is shown while it goes
    Stand(
            Path folder,
            Composition composition,
            Terminal terminal,
            ProgressMode mode,
            EarlyEnd end) {
        this.folder = folder;
        this.files = composition;
        this.vault = VaultInUse.inMemory(OpenVault.fresh().madeUp(composition.secrets().values()));
        this.terminal = terminal;
        this.mode = mode;
        this.end = end;
    }

    /// A line about what is done.
    void say(String line) {
        terminal.say("    " + line);
    }

    /// How many runs there were.
    int runs() {
        return runs;
    }

    Past past() {
        return Recorded.read(folder).past();
    }

    /// The uses that are founded: changes to them go by turns.
    Set<String> founded() {
        Past past = past();
        return files.uses().keySet().stream().filter(past::isFounded).collect(Collectors.toSet());
    }

    /// With what steps have made by now.
    private Composition composition() {
        return files.withVault(vault.vault());
    }

    Graph graph() {
        return Conditions.wanted(composition(), past());
    }

    /// What `up` would do now.
    Plan plan() {
        return Planner.plan(graph(), past(), Set.of(), Selection.WHOLE, clock.millis());
    }

    Ran up(Trouble trouble) throws InterruptedException {
        return run(Purpose.UP, Runner.Subject.of(files, Selection.WHOLE), trouble);
    }

    /// Takes back one step after the other, as at a site that gets its machines back as they were.
    Ran down(Trouble trouble) throws InterruptedException {
        return run(
                Purpose.DOWN,
                new Runner.Subject(
                        files.name(),
                        files.site().name(),
                        "",
                        Selection.WHOLE,
                        new LinkedHashMap<>(),
                        List.of()),
                trouble);
    }

    private Ran run(Purpose purpose, Runner.Subject subject, Trouble trouble)
            throws InterruptedException {
        end.check();
        runs++;
        try (Acting acting = act();
                Workshop workshop = workshop(acting)) {
            long run = Runner.begin(acting, subject, workshop, purpose, clock);
            Core core = core(purpose, acting, run, trouble);
            Progress progress = mode.start(terminal, clock, core.instances());
            try (progress) {
                end.conduct(
                        new Conductor(
                                core,
                                trouble.journal().apply(acting.journal(), workshop.nodes()::close),
                                trouble.executor().apply(workshop.executor()),
                                clock,
                                progress));
                return Ran.of(false, progress);
            } catch (CutShort _) {
                return Ran.of(true, progress);
            }
        }
    }

    private Core core(Purpose purpose, Acting acting, long run, Trouble trouble) {
        Settings settings = Runner.settings(acting, run);
        return purpose == Purpose.DOWN
                ? Core.down(settings, files.name(), acting.past(), Set.of())
                : Core.up(
                        settings,
                        Conditions.wanted(composition(), acting.past()),
                        acting.past(),
                        trouble.forced(),
                        Selection.WHOLE,
                        Set.of());
    }

    private Acting act() {
        return switch (Acting.take(folder)) {
            case Acting.Attempt.Granted(Acting acting) -> acting;
            case Acting.Attempt.Held(var holder) ->
                    throw new IllegalStateException(folder + " is held by " + holder);
        };
    }

    private Workshop workshop(Acting acting) {
        Map<String, String> makers = new LinkedHashMap<>();
        for (GroupSpec group : files.groups().values()) {
            group.nodes().forEach(node -> makers.put(node, group.provider()));
        }
        return Workshop.of(
                new SshTransport(),
                acting,
                files.name(),
                files.providers().values(),
                makers,
                Optional.of(vault));
    }

    /// What keeps `up` from having nothing to do: what a plan would still run, and what a look at
    /// every node finds other than on record, health included.
    List<Finding> restless() throws InterruptedException {
        end.check();
        Plan plan = plan();
        if (!plan.isEmpty()) {
            return plan.changes().stream()
                    .map(entry ->
                            Finding.of(
                                    "%s is not at rest: another up would run it (%s)"
                                            .formatted(
                                                    entry.key(),
                                                    String.join("; ", entry.reasons()))))
                    .toList();
        }
        try (Acting acting = act();
                Workshop workshop = workshop(acting)) {
            List<Finding> found = new ArrayList<>();
            Verification.of(
                            workshop,
                            acting,
                            Conditions.wanted(composition(), acting.past()),
                            Selection.WHOLE,
                            Settings.DEFAULT_PARALLEL)
                    .compare()
                    .differences()
                    .forEach((key, how) ->
                            found.add(Finding.of(key + " is not as it is on record: " + how)));
            return found;
        }
    }

    /// What is left after everything was taken back: on record, and of machines on this host.
    List<Finding> leftBehind() {
        Past past = past();
        List<Finding> found =
                new ArrayList<>(
                        past.everything().keySet().stream()
                                .map(key -> Finding.of(key + " is still on record after down"))
                                .toList());
        for (Lab lab : labs()) {
            lab.leftovers().forEach(left -> found.add(Finding.of("down left " + left)));
        }
        return found;
    }

    private List<Lab> labs() {
        return files.providers().values().stream().map(this::lab).toList();
    }

    private Lab lab(ProviderConfig config) {
        return switch (Providers.of(config, files.name(), System.getenv())) {
            case Providers.Made.Usable(LabProvider provider) -> provider.lab();
            case Providers.Made.Usable(var other) ->
                    throw new IllegalStateException(other + " is no lab");
            case Providers.Made.Refused(Failure failure) ->
                    throw new IllegalStateException(failure.message());
        };
    }

    /// Refuses, as a bug, to act where machines of its name are there before it: they are
    /// another's.
    void beAlone() {
        for (Lab lab : labs()) {
            if (lab.list() instanceof Lab.Listing.Machines(var machines) && !machines.isEmpty()) {
                throw new IllegalStateException(
                        "there is a lab %s already".formatted(files.name()));
            }
        }
    }

    /// Ends its machines, whatever is on record.
    Optional<Failure> giveBack() {
        return labs().stream().flatMap(lab -> lab.down().stream()).findFirst();
    }
}
