package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Lending;
import dev.ashlar.engine.plan.Lent;
import dev.ashlar.engine.plan.Lent.Withheld;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Remedy;
import dev.ashlar.model.value.Value;
import dev.ashlar.store.StoreException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A cluster from which others read, as its files and its record tell. Looking takes no lock,
/// changes nothing and looks at no other cluster. Confined to one thread.
sealed interface OtherCluster {
    Withheld WRONG = Withheld.by(Remedy.FILES, "its files are not right");

    /// Nothing that it has can be told.
    record Closed(Withheld why) implements OtherCluster {}

    /// @param atMs the time, in milliseconds since 1970 UTC
    static OtherCluster at(Path file, long atMs) {
        Recorded recorded;
        try {
            recorded = Recorded.read(file.resolveSibling(""));
        } catch (StoreException e) {
            return closed(Remedy.RECORD, "its record cannot be read: " + e.getMessage());
        }
        Past past = recorded.past();
        Optional<RunStarted> last =
                past.standing().isEmpty()
                        ? Optional.empty()
                        : Optional.of(past.runs().getLast().start());
        Reads reads = new Reads(file);
        Optional<Composition> composition = composition(file, past, last, reads);
        if (composition.isEmpty()) {
            return new Closed(WRONG);
        }
        if (last.filter(run -> !run.cluster().equals(composition.get().name())).isPresent()) {
            return closed(Remedy.RECORD, "what stands there is cluster " + last.get().cluster());
        }
        return new Open(composition.get(), past, reads, atMs);
    }

    private static Closed closed(Remedy remedy, String why) {
        return new Closed(Withheld.by(remedy, why));
    }

    private static Optional<Composition> composition(
            Path file, Past past, Optional<RunStarted> last, Reads reads) {
        ClusterRequest request =
                new ClusterRequest(
                        Optional.of(file),
                        file.resolveSibling(""),
                        last.map(RunStarted::site),
                        new LinkedHashMap<>(),
                        Set.of());
        return Loader.load(
                        new LoadRequest(
                                file,
                                request.site(),
                                request.sets(),
                                request.leaves(past),
                                Optional.empty(),
                                reads,
                                Home.folder()))
                .composition();
    }

    /// Its files are right. What it reads itself of others is told to it, as far as it is known.
    final class Open implements OtherCluster {
        private final Composition composition;
        private final Past past;
        private final Reads reads;
        private final long atMs;
        private Map<Await.Elsewhere, Value> told = Map.of();
        private Optional<Lending> lending = Optional.empty();

        private Open(Composition composition, Past past, Reads reads, long atMs) {
            this.composition = composition;
            this.past = past;
            this.reads = reads;
            this.atMs = atMs;
        }

        Composition composition() {
            return composition;
        }

        /// True when it has such a value.
        boolean has(Asked asked) {
            UseSpec use = composition.uses().get(asked.use());
            if (use == null) {
                return false;
            }
            Expression value =
                    use.component().interfaces().implemented(asked.of()).get(asked.value());
            return value != null && asked.type().accepts(value.type());
        }

        /// What it was to be told where it waits for this.
        Asked asked(Await.Elsewhere await) {
            return reads.asked(await);
        }

        /// @param asked a value that it has
        /// @param given what others give out
        Lent lent(Asked asked, Map<Asked, Value> given) {
            Map<Await.Elsewhere, Value> now = reads.given(given);
            if (lending.isEmpty() || !now.equals(told)) {
                told = now;
                Composition filled = Reads.filled(composition, now);
                lending = Optional.of(new Lending(Conditions.wanted(filled, past), past, atMs));
            }
            return lending.get().of(asked.use(), asked.of(), asked.value());
        }
    }
}
