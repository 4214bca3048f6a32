package dev.ashlar.engine.picture;

import dev.ashlar.model.composition.Composition;
import java.util.List;
import java.util.Optional;

/// A cluster as it can be drawn. Immutable.
///
/// @param groups in the order of the files
/// @param links who waits for whom, each pair once for each kind
public record Picture(String cluster, List<Group> groups, List<Link> links) {
    public Picture {
        groups = List.copyOf(groups);
        links = List.copyOf(links);
    }

    public static Picture of(Composition composition) {
        return new Painter(composition).picture();
    }

    public record Group(String name, List<String> nodes, List<Use> uses) {
        public Group {
            nodes = List.copyOf(nodes);
            uses = List.copyOf(uses);
        }
    }

    /// @param component `pack/name`
    /// @param version of its pack, where others are of another version of it
    /// @param bound who stands for what it requires
    public record Use(
            String name,
            String component,
            Optional<String> version,
            List<Bound> bound,
            List<Step> steps,
            List<Output> outputs) {
        public Use {
            bound = List.copyOf(bound);
            steps = List.copyOf(steps);
            outputs = List.copyOf(outputs);
        }
    }

    /// @param name of the component's own
    /// @param to a use, or something external
    public record Bound(String name, String of, String to, boolean external) {}

    /// @param does `resources`, `script`, or the function that is called
    /// @param forCluster true of what is done once for all members
    /// @param each what it is repeated for, as written
    /// @param when its condition, as written
    /// @param tellsHealth true where it is asked how the member is
    public record Step(
            String name,
            String does,
            boolean forCluster,
            Optional<String> each,
            Optional<String> when,
            boolean tellsHealth,
            Width width) {}

    /// What a step is told and what it tells: nothing else passes.
    ///
    /// @param inputs the values that it may read, by name
    /// @param outputs what it produces
    /// @param read the outputs that anybody reads
    public record Width(List<String> inputs, List<String> outputs, List<String> read) {
        public Width {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            read = List.copyOf(read);
        }
    }

    /// @param kind of each member, or of all together
    /// @param holds when its value may be used: `early`, `healthy`, or how many members have to be
    ///   healthy: `one`, `majority`, `all`
    public record Output(Vertex.Kind kind, String name, String type, String holds) {}

    /// What is drawn of a use.
    public record Vertex(String use, Kind kind, String name) {
        /// What it is.
        public enum Kind {
            STEP,
            /// Of each member.
            OUTPUT,
            /// Of all members together.
            CLUSTER_OUTPUT
        }
    }

    /// @param values what is read, by name; none where only the order counts
    public record Link(Vertex from, Vertex to, Reason reason, List<String> values) {
        public Link {
            values = List.copyOf(values);
        }
    }

    /// Why one waits for the other.
    public enum Reason {
        /// It comes after it.
        ORDER,
        /// It reads a value of it.
        VALUE,
        /// It holds once that is healthy.
        HEALTH
    }
}
