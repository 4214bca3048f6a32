package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import java.util.List;
import java.util.Optional;

/// The ready member of a use that lets another in or out.
sealed interface Sponsor {

    default Optional<String> node() {
        return Optional.empty();
    }

    record Found(String name) implements Sponsor {
        @Override
        public Optional<String> node() {
            return Optional.of(name);
        }
    }

    /// The members have not been asked how they are.
    record Unasked() implements Sponsor {}

    /// Nobody is ready.
    record Nobody() implements Sponsor {}

    /// Whoever was to do it before goes on with it where it is ready, and where nobody is: that may
    /// be so because it has been done, and the others wait for the new member to come up.
    ///
    /// @param subject the join or leave step: nobody lets itself in or out
    static Sponsor of(View view, Graph graph, Past past, InstanceKey subject) {
        Optional<List<String>> asked = view.ready(subject);
        if (asked.isEmpty()) {
            return new Unasked();
        }
        List<String> ready = asked.get();
        return past.sponsor(subject)
                .filter(node -> ready.isEmpty() || ready.contains(node))
                .filter(node -> graph.isMember(subject.use(), node))
                .or(() ->
                        ready.stream()
                                .filter(node -> !subject.node().equals(Optional.of(node)))
                                .findFirst())
                .<Sponsor>map(Found::new)
                .orElseGet(Nobody::new);
    }
}
