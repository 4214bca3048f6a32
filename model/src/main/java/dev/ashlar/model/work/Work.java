package dev.ashlar.model.work;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ServiceFunction;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// One thing to be done for an instance, with everything it needs. Its intent is durable before it
/// is handed out.
public sealed interface Work {

    InstanceKey key();

    /// The intent's identity, unique for ever; names what a finishing step leaves on its node.
    String intent();

    Duration timeout();

    /// Ends the name of an undo that comes before a step's work, under the same intent.
    String DROP = "-drop";

    /// Has the provider make the machine ready. Outputs: `address`.
    record Acquire(InstanceKey key, String intent, String node, String provider, Duration timeout)
            implements Work {}

    /// Gathers facts of a node; changes nothing there. Outputs: each by its name.
    record Gather(InstanceKey key, String intent, String node, List<Fact> facts, Duration timeout)
            implements Work {
        public Gather {
            facts = List.copyOf(facts);
        }

        /// What it has to find, by name.
        public SequencedMap<String, Type> outputs() {
            SequencedMap<String, Type> outputs = new LinkedHashMap<>();
            facts.forEach(fact -> outputs.put(fact.word(), fact.type()));
            return outputs;
        }
    }

    /// Brings resources about on a node, in order, stopping at the first failure.
    record Apply(
            InstanceKey key,
            String intent,
            String node,
            List<Resource> resources,
            Duration timeout,
            StepSpec.OnDisconnect onDisconnect)
            implements Work {
        public Apply {
            resources = List.copyOf(resources);
        }

        /// True when all of it is light: it can share a round trip with others at its node.
        public boolean isLight() {
            return onDisconnect == StepSpec.OnDisconnect.KILL
                    && resources.stream().allMatch(resource -> resource.kind().isLight());
        }
    }

    /// Runs a script on a node.
    ///
    /// @param inputs become environment variables: texts as they are, everything else as JSON
    /// @param outputs what it must write, by name
    /// @param probe asked first; when it answers done the script is not run
    /// @param remove takes back what the script did; kept with the success, as it is now
    record Run(
            InstanceKey key,
            String intent,
            String node,
            StepSpec.Script script,
            Optional<StepSpec.Script> probe,
            Optional<StepSpec.Script> remove,
            SequencedMap<String, Value> inputs,
            SequencedMap<String, Type> outputs,
            Duration timeout,
            StepSpec.OnDisconnect onDisconnect)
            implements Work {
        public Run {
            inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
            outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
        }

        /// A script that leaves nothing to take back.
        public Run(
                InstanceKey key,
                String intent,
                String node,
                StepSpec.Script script,
                Optional<StepSpec.Script> probe,
                SequencedMap<String, Value> inputs,
                SequencedMap<String, Type> outputs,
                Duration timeout,
                StepSpec.OnDisconnect onDisconnect) {
            this(
                    key,
                    intent,
                    node,
                    script,
                    probe,
                    Optional.empty(),
                    inputs,
                    outputs,
                    timeout,
                    onDisconnect);
        }
    }

    /// Calls a function of a service.
    ///
    /// @param node where it runs; empty is the controller
    record Call(
            InstanceKey key,
            String intent,
            Optional<String> node,
            String function,
            SequencedMap<String, Value> arguments,
            Duration timeout)
            implements Work {
        public Call {
            arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
        }

        /// The function, and the directory where it is to put files: of one step, calls that agree
        /// in both see to the same things.
        public String target() {
            Value directory = arguments.get(ServiceFunction.DIRECTORY);
            return directory != null && directory.data() instanceof Data.Text(String path)
                    ? function + " " + path
                    : function;
        }
    }

    /// Asks once whether a component is healthy on a node. The engine repeats it.
    record Probe(
            InstanceKey key,
            String intent,
            String node,
            StepSpec.Script script,
            SequencedMap<String, Value> inputs,
            Duration timeout)
            implements Work {
        public Probe {
            inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        }
    }

    /// Takes back what an earlier success made, in reverse order.
    record Undo(
            InstanceKey key,
            String intent,
            Optional<String> node,
            List<Owned> owned,
            Duration timeout)
            implements Work {
        public Undo {
            owned = List.copyOf(owned);
        }
    }
}
