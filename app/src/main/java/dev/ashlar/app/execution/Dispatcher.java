package dev.ashlar.app.execution;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.execute.Carried;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.services.pki.CertificateFunction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Hands each piece of work to the part that can do it: machines to their provider, calls to their
/// service, everything on a node to the node's channel.
public final class Dispatcher implements Executor {
    private final Map<String, Workshop.Source> sources;
    private final Map<String, String> makers;
    private final Machines machines;
    private final NodeExecutor nodes;
    private final CertificateFunction certificates;

    /// @param makers the provider of each node that may be given back
    public Dispatcher(
            Map<String, Workshop.Source> sources,
            Map<String, String> makers,
            Machines machines,
            NodeExecutor nodes,
            CertificateFunction certificates) {
        this.sources = Map.copyOf(sources);
        this.makers = Map.copyOf(makers);
        this.machines = machines;
        this.nodes = nodes;
        this.certificates = certificates;
    }

    @Override
    public Report execute(Work work, boolean again) {
        return switch (work) {
            case Work.Acquire acquire -> acquire(acquire);
            case Work.Call call -> call(call, again);
            case Work.Undo undo when undo.key().isMachine() -> release(undo);
            case Work.Undo undo when undo.node().filter(machines::isRevoked).isPresent() ->
                    leftThere(undo);
            case Work.Undo undo when CertificateFunction.undoes(undo) ->
                    certificates.undo(undo, again, nodes);
            case Work.Undo undo when isNothing(undo) -> nothingLeft();
            case Work.Apply apply when isOff(apply) -> nothingLeft();
            case Work.Apply _, Work.Gather _, Work.Run _, Work.Probe _, Work.Undo _ ->
                    nodes.execute(work, again);
        };
    }

    @Override
    public List<Report> together(List<Work.Apply> works) {
        List<Work.Apply> on = works.stream().filter(work -> !isOff(work)).toList();
        Iterator<Report> reports =
                on.isEmpty() ? List.<Report>of().iterator() : nodes.together(on).iterator();
        List<Report> all = new ArrayList<>();
        for (Work.Apply work : works) {
            all.add(isOff(work) ? nothingLeft() : reports.next());
        }
        return all;
    }

    /// What is off may have been done beside us, where there is no node to speak to.
    private static boolean isOff(Work.Apply apply) {
        return apply.resources().isEmpty();
    }

    /// True of what is about the cluster as a whole, of what was done for a member by another, and
    /// of facts.
    private static boolean isNothing(Work.Undo undo) {
        boolean leavesNothing =
                undo.key().isMembership() || undo.key().use().equals(InstanceKey.NODE_USE);
        return undo.node().isEmpty() || (leavesNothing && undo.owned().isEmpty());
    }

    private Report call(Work.Call call, boolean again) {
        return call.function().equals(CertificateFunction.WORD)
                ? certificates.execute(call, again, nodes)
                : notDone(
                        Failure.lasting(
                                "no-function",
                                Failure.Fault.BUG,
                                "nothing carries out " + call.function()),
                        "");
    }

    /// An instance of the cluster as a whole that owns nothing has nothing to take back, nor has a
    /// member that goes with all others what announced it to them.
    private static Report nothingLeft() {
        return Report.Done.nothing();
    }

    /// Nobody speaks to a machine that was revoked: what is on it stays there, its data too, and is
    /// not ours any more.
    private static Report leftThere(Work.Undo undo) {
        String node = undo.node().orElseThrow();
        return new Report.Done(
                List.of("left in place: " + node + " is revoked"),
                new LinkedHashMap<>(),
                undo.owned().stream().filter(Owned::data).toList(),
                "");
    }

    private Report acquire(Work.Acquire work) {
        Workshop.Source source = sources.get(work.provider());
        if (source == null) {
            return notDone(noProvider(work.provider()), "");
        }
        Queue<String> log = new ConcurrentLinkedQueue<>();
        return switch (source.provider().acquire(work.node(), log::add)) {
            case Provider.Acquired.NotReady(Failure failure) ->
                    ended(failure, String.join("\n", log));
            case Provider.Acquired.Ready(NodeAccess access) -> {
                Owned machine = machines.learned(access, work.provider(), source.kind());
                Optional<Failure> mistrust = mistrust(work.node());
                yield mistrust.isPresent()
                        ? ended(mistrust.get(), String.join("\n", log))
                        : acquired(access, machine, String.join("\n", log));
            }
        };
    }

    private static Report acquired(NodeAccess access, Owned machine, String log) {
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("address", Value.text(access.address()));
        return new Report.Done(List.of("machine " + access.node()), outputs, List.of(machine), log);
    }

    /// Why a machine that is there is not acquired: it does not prove who it is, or does not let
    /// its user in or do everything there. What is wrong with the node itself is for its steps to
    /// tell: who cannot be reached for the moment is waited for there, and one whose disk is full
    /// is the machine that is meant.
    private Optional<Failure> mistrust(String node) {
        return nodes.carried(node) instanceof Carried.Unseen(Failure failure)
                        && failure.fault() != Failure.Fault.NODE
                ? Optional.of(failure)
                : Optional.empty();
    }

    private Report release(Work.Undo work) {
        String node = work.key().node().orElseThrow();
        Queue<String> log = new ConcurrentLinkedQueue<>();
        String name = makers.getOrDefault(node, "default");
        Workshop.Source source = sources.get(name);
        if (source == null) {
            return notDone(noProvider(name), "");
        }
        Optional<Failure> claimed = nodes.claim(node);
        if (claimed.filter(why -> why.fault() == Failure.Fault.STATE).isPresent()) {
            return notDone(claimed.get(), "");
        }
        if (!source.provider().abilities().contains(Provider.Ability.WIPE)) {
            nodes.disclaim(node).ifPresent(why -> log.add(told(node, why)));
        }
        machines.forget(node);
        return source.provider()
                .release(node, log::add)
                .map(failure -> ended(failure, String.join("\n", log)))
                .orElseGet(() ->
                        new Report.Done(
                                List.of("machine " + node + " given back"),
                                new LinkedHashMap<>(),
                                List.of(),
                                String.join("\n", log)));
    }

    /// Who cannot be reached may be gone for good, and is given back all the same.
    private static String told(String node, Failure why) {
        return "the claim on " + node + " stays there: " + why.message();
    }

    /// What was told to stop has not failed.
    private static Report ended(Failure failure, String log) {
        return failure.kind().equals(Provider.INTERRUPTED) || failure.isStop()
                ? new Report.Stopped(log)
                : notDone(failure, log);
    }

    private static Failure noProvider(String name) {
        return Failure.lasting(
                        "no-provider",
                        Failure.Fault.SITE,
                        "no site of the cluster has a provider called " + name)
                .withHint("it is known again when a group says at: " + name);
    }

    private static Report notDone(Failure failure, String log) {
        return new Report.NotDone(failure, List.of(), log);
    }
}
