package dev.ashlar.language.cluster;

import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await.Remedy;
import dev.ashlar.model.value.Value;
import java.nio.file.Path;
import java.util.SequencedMap;

/// Other clusters, for what of theirs stands for an interface in this one. Looking changes nothing
/// there and waits for nobody.
@FunctionalInterface
public interface Neighbours {
    /// No other cluster is looked at: nothing is known of any.
    Neighbours UNSEEN =
            _ -> new Neighbour.Obscure("no other cluster is looked at here", Remedy.NONE);

    /// @param cluster a folder or a file
    Neighbour at(Path cluster);

    /// True when it is the one that asks; the same as [#at] says, and others are not looked at.
    ///
    /// @param cluster a folder or a file
    default boolean isItself(Path cluster) {
        return at(cluster) instanceof Neighbour.Itself;
    }

    /// Another cluster as it is found.
    sealed interface Neighbour {
        /// There is no cluster.
        record Nobody() implements Neighbour {}

        /// It is the one that asks.
        record Itself() implements Neighbour {}

        /// It is there, and what it has cannot be told.
        ///
        /// @param reason in words
        record Obscure(String reason, Remedy remedy) implements Neighbour {}

        /// It is there, and nobody looks whether its files are right before its values count.
        record Unread(Lender lender) implements Neighbour {}

        /// Its files are right.
        record Known(Composition composition, Lender lender) implements Neighbour {}
    }

    /// What a cluster has for others, as its record says.
    @FunctionalInterface
    interface Lender {
        /// The values of a use for an interface, each labelled with where it came from; what does
        /// not hold there is unknown.
        ///
        /// @param use of a cluster that is known: one whose component implements the interface
        /// @param values of the interface, by name, as declared by who asks
        /// @param seenAs the cluster's folder, as seen by who asks
        SequencedMap<String, Value> lent(
                String use, String of, SequencedMap<String, Type> values, String seenAs);
    }
}
