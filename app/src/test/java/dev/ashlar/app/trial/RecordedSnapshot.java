package dev.ashlar.app.trial;

import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.kit.Host;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.model.identity.InstanceKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What is on record of a cluster as the suites compare it, for tests that build one otherwise.
public final class RecordedSnapshot {
    private final Snapshot snapshot;

    private RecordedSnapshot(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// Reads the record of the cluster in a folder. What is owned in that folder, as a client's
    /// key, counts as the same in any other.
    public static RecordedSnapshot of(Path folder) {
        Past past = Recorded.read(folder).past();
        LoadRequest request =
                new LoadRequest(
                        folder.resolve("cluster.yaml"),
                        Optional.empty(),
                        new LinkedHashMap<>(),
                        Host.checkout());
        Snapshot here =
                Snapshot.of(
                        past,
                        Conditions.wanted(Loader.load(request).composition().orElseThrow(), past)
                                .instances());
        SequencedMap<InstanceKey, Snapshot.Of> anywhere = new LinkedHashMap<>();
        here.all()
                .forEach((key, one) ->
                        anywhere.put(
                                key,
                                new Snapshot.Of(
                                        one.outputs(),
                                        one.owned().stream()
                                                .map(owned ->
                                                        owned.replace(folder.toString(), "FOLDER"))
                                                .collect(Collectors.toCollection(TreeSet::new)))));
        return new RecordedSnapshot(new Snapshot(anywhere));
    }

    /// How this differs from what stood before, in sentences.
    public List<String> differencesFrom(RecordedSnapshot before) {
        return snapshot.differencesFrom(before.snapshot).stream().map(Finding::what).toList();
    }
}
