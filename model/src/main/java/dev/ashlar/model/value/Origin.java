package dev.ashlar.model.value;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// Where a value came from: what `why` prints.
public sealed interface Origin {

    /// Written in a file: a literal, a default, an expression.
    record Written(Span span) implements Origin {
        @Override
        public int hashCode() {
            return span.hashCode();
        }

        @Override
        public String toString() {
            return span.location();
        }
    }

    /// Produced by a step, in a run.
    record Produced(InstanceKey by, String output, long run) implements Origin {
        @Override
        public String toString() {
            return by + " output " + output + " (run " + run + ")";
        }
    }

    /// Frozen when a member was founded or joined, in a run.
    record Frozen(InstanceKey by, String input, long run) implements Origin {
        @Override
        public String toString() {
            return "frozen at run " + run;
        }
    }

    /// What a use of another cluster has for an interface.
    ///
    /// @param cluster its name
    /// @param run the last of that cluster's runs that brought about a part of the use
    /// @param span in that cluster's files
    record Elsewhere(String cluster, String use, long run, Span span) implements Origin {
        @Override
        public String toString() {
            return "cluster "
                    + cluster
                    + ": "
                    + use
                    + " since its run "
                    + run
                    + " ("
                    + span.location()
                    + ")";
        }
    }

    /// A fact of a node, as it was gathered in a run.
    ///
    /// @param stability how long it stays so, in a word
    record Gathered(InstanceKey by, String fact, String stability, long run) implements Origin {
        @Override
        public String toString() {
            return fact + " of " + by.node().orElse("") + ", " + stability + ", as of run " + run;
        }
    }

    /// Known of a node: its name, its address.
    record Fact(String node, String name) implements Origin {
        @Override
        public String toString() {
            return "node " + node + " " + name;
        }
    }

    /// It held once the use was healthy, as far as its output asks for. What `why` prints is the
    /// rest; this is for undo.
    record Served(String use) implements Origin {
        @Override
        public String toString() {
            return "health of " + use;
        }
    }

    /// Produced by a step that says how long that is good for: what is made of it is good for as
    /// long.
    ///
    /// @param intent under which it was made
    /// @param madeMs when its making began, in milliseconds since 1970 UTC: it is no older than
    ///   that
    record Lapsing(InstanceKey by, String intent, long madeMs, Duration validFor)
            implements Origin {

        /// True when it can be handed to work that takes at most so long: that much of its time is
        /// left, or half of it where the work may take longer than that. What was made later than
        /// now is by a clock that has been set, and nothing is known of it.
        public boolean serves(long nowMs, Duration atMost) {
            long allMs = validFor.toMillis();
            long spareMs = Math.min(atMost.toMillis(), allMs / 2);
            return nowMs >= madeMs && nowMs - madeMs < allMs - spareMs;
        }

        /// When it is good for nothing any more, in milliseconds since 1970 UTC.
        public long untilMs() {
            return madeMs + validFor.toMillis();
        }

        /// How old it is, in words.
        public String age(long nowMs) {
            return this
                    + ", made "
                    + shortly(Duration.ofMillis(Math.max(0, nowMs - madeMs)))
                    + " ago";
        }

        @Override
        public String toString() {
            return "valid for " + written(validFor);
        }

        private static String shortly(Duration age) {
            ChronoUnit unit =
                    age.toHours() > 0
                            ? ChronoUnit.HOURS
                            : age.toMinutes() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
            return written(age.truncatedTo(unit));
        }

        /// As the files write it.
        private static String written(Duration span) {
            if (span.toMillisPart() > 0) {
                return span.toMillis() + "ms";
            }
            if (span.toSecondsPart() > 0 || span.isZero()) {
                return span.toSeconds() + "s";
            }
            return span.toMinutesPart() > 0 ? span.toMinutes() + "m" : span.toHours() + "h";
        }
    }

    /// Kept in the cluster's vault.
    ///
    /// @param name of the secret
    /// @param version of what there is of it now
    record Kept(String name, int version) implements Origin {
        @Override
        public String toString() {
            return "secret " + name + ", version " + version;
        }
    }

    /// Given on the command line.
    record Given(String flag) implements Origin {
        @Override
        public String toString() {
            return flag;
        }
    }
}
