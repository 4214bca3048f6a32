package dev.ashlar.model.value;

import dev.ashlar.model.identity.InstanceKey;

/// What must have happened before a value may be used. Known is not achieved: a value may be known
/// long before it holds.
public sealed interface Await {

    /// The instance has succeeded.
    record Success(InstanceKey of) implements Await {
        @Override
        public String toString() {
            return of.toString();
        }
    }

    /// Every step of the use on that node has succeeded and is healthy.
    record Healthy(String use, String node) implements Await {
        @Override
        public String toString() {
            return use + "@" + node;
        }
    }

    /// So many members of the use are healthy.
    record Gathered(String use, Holds holds) implements Await {
        @Override
        public String toString() {
            return holds.name().toLowerCase(java.util.Locale.ROOT) + " of " + use;
        }
    }

    /// It is known which ready member carries out a join or leave step: the members have been asked
    /// how they are.
    record Sponsor(InstanceKey of) implements Await {
        @Override
        public String toString() {
            return "the choice of a ready member for " + of;
        }
    }

    /// Another cluster is brought up to what its files say. No run of this one does that.
    ///
    /// @param cluster its folder, as seen from this one's
    /// @param reason why its record does not give the value now
    record Elsewhere(String cluster, String reason) implements Await {
        @Override
        public String toString() {
            return "up " + cluster;
        }
    }

    /// When a value gathered from a group holds.
    enum Holds {
        ONE,
        MAJORITY,
        ALL;

        /// How many of `size` members must be healthy.
        public int needed(int size) {
            return switch (this) {
                case ONE -> Math.min(1, size);
                case MAJORITY -> size / 2 + 1;
                case ALL -> size;
            };
        }
    }
}
