package dev.ashlar.nodes.execute;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.Job;
import dev.ashlar.nodes.channel.Layout;
import dev.ashlar.nodes.channel.Session;
import dev.ashlar.nodes.channel.ShellText;
import dev.ashlar.nodes.resource.Library;
import dev.ashlar.nodes.resource.ResourceProgram;
import dev.ashlar.nodes.transport.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// Carries out [Work.Apply], [Work.Gather], [Work.Run], [Work.Probe] and [Work.Undo] on nodes, each
/// over one connection that is kept until [#close]. Safe for use by many threads; several pieces of
/// work may be under way on one node.
///
/// When the calling thread is interrupted, the work is ended on the node, the answer is
/// [Report.Stopped], and the interrupt is consumed.
public final class NodeExecutor implements Executor, AutoCloseable {
    private static final String AND_REST = "-rest";

    private final Transport transport;
    private final Function<String, Optional<NodeAccess>> reach;
    private final Limits limits;
    private final Layout layout;
    private final Mandate mandate;
    private final Supplier<Redaction> redaction;
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();

    /// @param reach how a node is reached; asked once per node and again when its access changed
    /// @param mandate by what right it works there
    /// @param redaction takes secrets out of what nodes say, as it is when they say it
    public NodeExecutor(
            Transport transport,
            Function<String, Optional<NodeAccess>> reach,
            Limits limits,
            Layout layout,
            Mandate mandate,
            Supplier<Redaction> redaction) {
        for (String name : List.of(mandate.lineage(), mandate.cluster())) {
            if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
                throw new IllegalArgumentException("can't name a folder: " + name);
            }
        }
        this.transport = transport;
        this.reach = reach;
        this.limits = limits;
        this.layout = layout;
        this.mandate = mandate;
        this.redaction = redaction;
    }

    @Override
    public Report execute(Work work, boolean again) {
        try {
            return carryOut(work, again);
        } catch (ShellText.NulException _) {
            return notDone(
                    Failure.lasting(
                            "value",
                            Failure.Fault.USER,
                            "one of the values it is given holds a NUL character, which no shell can take"));
        }
    }

    private Report carryOut(Work work, boolean again) {
        return switch (work) {
            case Work.Apply apply -> apply(apply, again);
            case Work.Run run ->
                    Removal.owning(
                            run,
                            script(
                                    run,
                                    run.node(),
                                    ScriptProgram.of(run.script(), run.probe(), run.inputs()),
                                    run.script(),
                                    run.outputs(),
                                    run.onDisconnect(),
                                    again));
            case Work.Gather gather -> gather(gather, again);
            case Work.Probe probe ->
                    script(
                            probe,
                            probe.node(),
                            ScriptProgram.of(probe),
                            probe.script(),
                            new LinkedHashMap<>(),
                            StepSpec.OnDisconnect.KILL,
                            again);
            case Work.Undo undo when Removal.undoes(undo) -> removalAndUndo(undo, again);
            case Work.Undo undo -> undo(undo, again);
            case Work.Acquire _, Work.Call _ ->
                    throw new IllegalArgumentException("not work for a node: " + work.key());
        };
    }

    private Report apply(Work.Apply work, boolean again) {
        ResourceProgram program = ResourceProgram.applying(work.resources());
        return onNode(
                work.node(),
                node -> {
                    Optional<Failure> unsent = Staging.send(node, program);
                    if (unsent.isPresent()) {
                        return notDone(unsent.get());
                    }
                    Job.Manner manner =
                            work.isLight() ? Job.Manner.QUICK : manner(work.onDisconnect());
                    Job job = job(work, program.text(), program.files(), manner);
                    return new Application(node, work.resources(), job, limits).report(again);
                });
    }

    /// Works with large contents go alone, since those are asked for first.
    @Override
    public List<Report> together(List<Work.Apply> works) {
        Optional<Node> node = node(works.getFirst().node());
        List<Report> reports = new ArrayList<>();
        boolean stopped = false;
        for (List<Work.Apply> company : Company.split(works)) {
            List<Report> ended =
                    stopped
                            ? company.stream().map(_ -> (Report) new Report.Stopped("")).toList()
                            : node.isEmpty() || company.size() == 1
                                    ? Executor.super.together(company)
                                    : company(node.get(), company);
            stopped = stopped || ended.stream().anyMatch(Report.Stopped.class::isInstance);
            reports.addAll(ended);
        }
        return reports;
    }

    private List<Report> company(Node node, List<Work.Apply> works) {
        try {
            return new Company(node, works, limits).reports();
        } catch (ShellText.NulException _) {
            return Executor.super.together(works);
        }
    }

    private Report script(
            Work work,
            String name,
            ScriptProgram program,
            StepSpec.Script script,
            SequencedMap<String, Type> outputs,
            StepSpec.OnDisconnect onDisconnect,
            boolean again) {
        return onNode(
                name,
                node -> {
                    Job job = job(work, program.text(), program.files(), manner(onDisconnect));
                    return report(
                            new Attempt(node, job, again, limits),
                            answer ->
                                    ScriptReports.of(
                                            script,
                                            outputs,
                                            answer,
                                            work.timeout(),
                                            node.redaction()));
                });
    }

    private Report gather(Work.Gather work, boolean again) {
        return onNode(
                work.node(),
                node ->
                        report(
                                new Attempt(node, FactsProgram.job(work), again, limits),
                                answer -> FactsProgram.report(work, answer)));
    }

    /// @param ended tells what came of work that has ended by itself
    private static Report report(Attempt attempt, Function<Answer, Report> ended) {
        return switch (attempt.toTheEnd()) {
            case Attempt.Outcome.Ended(Answer answer) -> ended.apply(answer);
            case Attempt.Outcome.Failed(Failure failure) -> notDone(failure);
            case Attempt.Outcome.Stopped end -> new Report.Stopped(end.log());
        };
    }

    private Report undo(Work.Undo work, boolean again) {
        List<Owned> reversed = work.owned().reversed();
        if (work.node().isEmpty()) {
            throw new IllegalArgumentException("nothing on a node: " + work.key());
        }
        return onNode(
                work.node().get(),
                node -> {
                    ResourceProgram program = ResourceProgram.undoing(reversed);
                    Job job = job(work, program.text(), program.files(), Job.Manner.FINISH);
                    return report(
                            new Attempt(node, job, again, limits),
                            answer -> UndoReports.of(reversed, answer, work.timeout()));
                });
    }

    /// Of a step that ran a script and brought about resources, at one time or another.
    private Report removalAndUndo(Work.Undo work, boolean again) {
        Report removed = removal(work, again);
        List<Owned> rest = work.owned().stream().filter(one -> !one.isByScript()).toList();
        if (rest.isEmpty()) {
            return removed;
        }
        return switch (removed) {
            case Report.NotDone failed ->
                    new Report.NotDone(failed.failure(), work.owned(), failed.log());
            case Report.Stopped stopped -> stopped;
            case Report.Done done ->
                    after(
                            done,
                            undo(
                                    new Work.Undo(
                                            work.key(),
                                            work.intent() + AND_REST,
                                            work.node(),
                                            rest,
                                            work.timeout()),
                                    again));
        };
    }

    private static Report after(Report.Done first, Report then) {
        String log = first.log() + then.log();
        return switch (then) {
            case Report.NotDone failed -> new Report.NotDone(failed.failure(), failed.owned(), log);
            case Report.Stopped stopped -> new Report.Stopped(stopped.owned(), log);
            case Report.Done rest -> {
                List<String> changed = new ArrayList<>(first.changed());
                changed.addAll(rest.changed());
                yield new Report.Done(changed, rest.outputs(), rest.owned(), log);
            }
        };
    }

    /// Runs the script that was recorded with the success.
    private Report removal(Work.Undo work, boolean again) {
        Removal removal = Removal.of(work);
        return script(
                work,
                work.node().orElseThrow(),
                ScriptProgram.of(removal.script(), Optional.empty(), removal.inputs()),
                removal.script(),
                new LinkedHashMap<>(),
                StepSpec.OnDisconnect.FINISH,
                again);
    }

    private static Job job(
            Work work, String program, SequencedMap<String, byte[]> files, Job.Manner manner) {
        return new Job(List.of(work.intent()), manner, work.timeout(), program, files);
    }

    private static Job.Manner manner(StepSpec.OnDisconnect onDisconnect) {
        return switch (onDisconnect) {
            case FINISH -> Job.Manner.FINISH;
            case KILL -> Job.Manner.KILL;
        };
    }

    /// Looks at a node without changing anything: one round trip for all of it.
    public Inspection.Outcome inspect(String name, Inspection inspection) {
        return node(name)
                .map(node -> new Inspector(inspection).inspect(node, limits))
                .orElseGet(() -> new Inspection.Outcome.Unseen(unknown(name)));
    }

    /// Runs what a person wants run: nothing announces it, and nothing of it is on record. When the
    /// calling thread is interrupted it is ended on the node, and the result is a stop.
    public CommandResult run(String name, RemoteCommand command) {
        return onNode(name, node -> command.on(node, limits), CommandResult::without);
    }

    /// What a node carries of a claim, as of when its channel was opened.
    public Carried carried(String name) {
        return onNode(name, new Claiming(limits)::look, Carried.Unseen::new);
    }

    /// Has a node carry the mandate's claim, if that has one; the first work there does so too.
    public Optional<Failure> claim(String name) {
        return onNode(name, new Claiming(limits)::claim, Optional::of);
    }

    /// Has a node forget whom it answers to, once nothing is left there.
    public Optional<Failure> disclaim(String name) {
        return onNode(name, new Claiming(limits)::disclaim, Optional::of);
    }

    /// The files that a node carries for the mandate's state; empty when it is not known how the
    /// node is reached.
    public Optional<Copies> copies(String name) {
        return node(name)
                .map(node ->
                        new Copies(
                                node,
                                new Claiming(limits),
                                layout.state() + "/copies/" + mandate.cluster()));
    }

    private <T> T onNode(String name, Function<Node, T> action, Function<Failure, T> unknown) {
        return node(name).map(action).orElseGet(() -> unknown.apply(unknown(name)));
    }

    private Report onNode(String name, Function<Node, Report> action) {
        return onNode(name, action, NodeExecutor::notDone);
    }

    private static Report notDone(Failure failure) {
        return new Report.NotDone(failure, List.of(), "");
    }

    private static Failure unknown(String name) {
        return Failure.lasting(
                "no-node", Fault.SITE, "it is not known how " + name + " is reached");
    }

    private Optional<Node> node(String name) {
        return reach.apply(name)
                .map(access ->
                        nodes.compute(
                                name,
                                (_, known) -> {
                                    if (known != null && known.access().equals(access)) {
                                        return known;
                                    }
                                    if (known != null) {
                                        known.shut();
                                    }
                                    return new Node(
                                            access,
                                            transport,
                                            mandate,
                                            redaction,
                                            lost -> session(access, lost));
                                }));
    }

    private Session session(NodeAccess access, List<String> lost) {
        return new Session(
                layout,
                access.sudo(),
                transport.shell(),
                Library.TEXT,
                mandate.cluster(),
                mandate.lineage(),
                lost,
                limits.beat());
    }

    /// Ends the connection to a node, with what runs there and may not outlive it.
    public void disconnect(String name) {
        Optional.ofNullable(nodes.get(name)).ifPresent(Node::close);
    }

    /// Ends all connections. What runs on nodes and may not outlive them ends there.
    @Override
    public void close() {
        nodes.values().forEach(Node::shut);
    }
}
