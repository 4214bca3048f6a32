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

    /// Somebody unlocks the cluster's vault.
    record Unlocked() implements Await {
        @Override
        public String toString() {
            return "the vault is unlocked";
        }
    }

    /// Another cluster gives out a value. No run of this one brings that about.
    ///
    /// @param cluster the folder of the one that something has to happen to, as seen from this
    ///   one's
    /// @param reason why the value is not given out now
    record Elsewhere(String cluster, String reason, Remedy remedy) implements Await {
        @Override
        public String toString() {
            return switch (remedy) {
                case UP -> "up " + cluster;
                case FILES -> "a change to the files of " + cluster;
                case RECORD -> "a look at the record of " + cluster;
                case NONE -> "reading it elsewhere than from " + cluster;
            };
        }
    }

    /// What has to happen to another cluster before it gives out a value.
    enum Remedy {
        /// It is brought up to what its files say.
        UP,
        /// Its files are put right.
        FILES,
        /// Its record is put right.
        RECORD,
        /// Nothing that can be done there helps.
        NONE
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
