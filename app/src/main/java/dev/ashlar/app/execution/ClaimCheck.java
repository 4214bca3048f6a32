package dev.ashlar.app.execution;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.text.Words;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.execute.Carried;
import dev.ashlar.nodes.execute.Mandate;
import dev.ashlar.nodes.execute.NodeExecutor;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Asks nodes whom they answer to, before anything is touched: all that a run will touch, and the
/// first three of all that answer. Every run leaves its claim on those, so whoever comes after it,
/// with whatever part to do, meets it.
public final class ClaimCheck {
    private static final int WITNESSES = 3;

    /// Where whole racks are away nobody waits for all of them.
    private static final int ROUNDS = 3;

    private static final int MAX_NAMED = 5;

    /// So many at most are asked where one answer will do: the first, and these where it is silent.
    static final int MOST_ASKED = 1 + WITNESSES;

    private final NodeExecutor nodes;
    private final Mandate mandate;
    private final Consumer<String> progress;

    /// @param progress told who has not answered yet, and when a machine is started
    public ClaimCheck(NodeExecutor nodes, Mandate mandate, Consumer<String> progress) {
        this.nodes = nodes;
        this.mandate = mandate;
        this.progress = progress;
    }

    /// What came of it.
    ///
    /// @param answered the nodes that did
    /// @param objections of those, why they may not be touched
    public record Found(SequencedSet<String> answered, SequencedMap<String, Failure> objections) {
        static final Found NOTHING = new Found(new LinkedHashSet<>(), new LinkedHashMap<>());

        public Found {
            answered = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(answered));
            objections = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(objections));
        }
    }

    /// @param touched nodes that a run will change
    /// @param all the cluster's nodes, in an order that is the same for every run
    public Found ask(Collection<String> touched, Collection<String> all)
            throws InterruptedException {
        SequencedMap<String, Carried> seen = new LinkedHashMap<>(look(touched));
        List<String> inOrder = List.copyOf(all);
        int from = 0;
        int missing = WITNESSES;
        for (int round = 0; round < ROUNDS && missing > 0 && from < inOrder.size(); round++) {
            List<String> next = inOrder.subList(from, Math.min(from + missing, inOrder.size()));
            seen.putAll(look(next.stream().filter(node -> !seen.containsKey(node)).toList()));
            missing -= answers(seen, next);
            from += next.size();
        }
        return found(seen);
    }

    /// One of them, or of the next few where the first does not answer.
    Found askOne(Collection<String> names) throws InterruptedException {
        List<String> inOrder = List.copyOf(names);
        int first = Math.min(1, inOrder.size());
        SequencedMap<String, Carried> seen = look(inOrder.subList(0, first));
        if (answers(seen, inOrder) == 0) {
            seen = look(inOrder.subList(first, Math.min(MOST_ASKED, inOrder.size())));
        }
        return found(seen);
    }

    /// Nobody has answered, and these would be destroyed: one is started, or the next few where
    /// that cannot be. What nobody answers for is nobody's to destroy.
    ///
    /// @param found told how a machine that was started is reached
    Found start(SequencedMap<String, Provider> machines, Consumer<NodeAccess> found)
            throws InterruptedException {
        for (var machine : machines.entrySet().stream().limit(WITNESSES).toList()) {
            String node = machine.getKey();
            progress.accept("nobody answers: starting " + node + " to ask whom it answers to");
            if (machine.getValue().acquire(node, progress)
                    instanceof Provider.Acquired.Ready(NodeAccess access)) {
                found.accept(access);
                Found answer = found(look(List.of(node)));
                if (!answer.answered().isEmpty()) {
                    return answer;
                }
            }
        }
        SequencedMap<String, Failure> silent = new LinkedHashMap<>();
        machines.keySet().forEach(node -> silent.put(node, silent(node)));
        return new Found(new LinkedHashSet<>(), silent);
    }

    private static Failure silent(String node) {
        return Failure.lasting(
                        "silent",
                        Failure.Fault.STATE,
                        node + " would be destroyed and does not say whom it answers to")
                .withHint(
                        "Mend one of its machines first; `ashlar lab down` ends a lab's whatever"
                                + " state they answer to.");
    }

    private static int answers(Map<String, Carried> seen, Collection<String> names) {
        return (int) names.stream().filter(node -> seen.get(node) instanceof Carried.Seen).count();
    }

    private Found found(SequencedMap<String, Carried> seen) {
        SequencedSet<String> answered = new LinkedHashSet<>();
        SequencedMap<String, Failure> objections = new LinkedHashMap<>();
        seen.forEach((node, carried) -> {
            if (carried instanceof Carried.Seen(String text)) {
                answered.add(node);
                mandate.objection(node, text).ifPresent(why -> objections.put(node, why));
            }
        });
        return new Found(answered, objections);
    }

    private SequencedMap<String, Carried> look(Collection<String> names)
            throws InterruptedException {
        Map<String, Carried> seen = new ConcurrentHashMap<>();
        Together.each(
                names,
                node -> seen.put(node, nodes.carried(node)),
                late ->
                        progress.accept(
                                "  … no answer yet from %s, asked %d s ago which state acts"
                                        .formatted(
                                                Words.some(late, MAX_NAMED),
                                                Together.SOON_SECONDS)));
        SequencedMap<String, Carried> inOrder = new LinkedHashMap<>();
        for (String name : names) {
            Carried carried = seen.get(name);
            if (carried != null) {
                inOrder.put(name, carried);
            }
        }
        return inOrder;
    }

    /// Has nodes carry the claim of the run that has begun.
    ///
    /// @return why some do not
    SequencedMap<String, Failure> claim(Collection<String> names) throws InterruptedException {
        Map<String, Optional<Failure>> answers = new ConcurrentHashMap<>();
        Together.each(names, node -> answers.put(node, nodes.claim(node)));
        SequencedMap<String, Failure> failures = new LinkedHashMap<>();
        for (String name : names) {
            answers.getOrDefault(name, Optional.of(late(name)))
                    .ifPresent(failure -> failures.put(name, failure));
        }
        return failures;
    }

    private static Failure late(String node) {
        return Failure.passing("late", Failure.Fault.NODE, node + " has not answered in time");
    }
}
