package dev.ashlar.app.trial;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.resolve.Shown;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands, so far as it must be the same however often and by whatever detours it is built:
/// which instances; what each owns, and whether that was there before it; and what it put out. Only
/// the names of outputs count where their values are unique by nature: a machine's address, what a
/// service issues, what lapses, and what a step with a probe made once for all. A machine's address
/// inside another value counts as the machine's name.
record Snapshot(SequencedMap<InstanceKey, Of> all) {

    /// One instance.
    ///
    /// @param outputs by name: in full for comparing, and as people read them
    record Of(SortedMap<String, Output> outputs, SortedSet<String> owned) {}

    record Output(List<String> full, String shown) {}

    static Snapshot of(Past past, Map<InstanceKey, Instance> instances) {
        Map<String, String> addresses = addresses(past);
        SequencedMap<InstanceKey, Of> all = new LinkedHashMap<>();
        for (Success success : past.standing().values()) {
            boolean unique = isUnique(instances.get(success.key()));
            SortedMap<String, Output> outputs = new TreeMap<>();
            success.outputs()
                    .forEach((name, value) ->
                            outputs.put(
                                    name,
                                    unique
                                            ? new Output(List.of(), "")
                                            : new Output(full(value, addresses), Shown.of(value))));
            SortedSet<String> owned = new TreeSet<>();
            success.owned().forEach(one -> owned.add(told(one)));
            all.put(success.key(), new Of(outputs, owned));
        }
        return new Snapshot(all);
    }

    private static boolean isUnique(@Nullable Instance instance) {
        return !(instance instanceof Instance.Step step)
                || step.step().lapses()
                || step.step().action().deeds().stream().anyMatch(Snapshot::isUnique);
    }

    private static boolean isUnique(StepSpec.Action.Deed deed) {
        return switch (deed) {
            case StepSpec.Action.Call _ -> true;
            case StepSpec.Action.Run run -> run.probe().isPresent();
            case StepSpec.Action.Resources _ -> false;
        };
    }

    private static Map<String, String> addresses(Past past) {
        Map<String, String> addresses = new LinkedHashMap<>();
        past.standing().values().stream()
                .filter(success -> success.key().isMachine())
                .forEach(success -> {
                    Value address = success.outputs().getOrDefault("address", Value.nothing());
                    if (address.data() instanceof Data.Text(String text)) {
                        addresses.put(text, success.key().node().orElse(""));
                    }
                });
        return addresses;
    }

    private static String told(Owned owned) {
        boolean made = "true".equals(owned.details().get("made"));
        return owned.title() + (owned.data() || made ? "" : " (there before)");
    }

    private static List<String> full(Value value, Map<String, String> addresses) {
        List<String> leaves = new ArrayList<>();
        value.visit(each ->
                leaves.add(
                        switch (each.data()) {
                            case Data.Text(String text) -> named(text, addresses);
                            case Data.Listing(var elements) -> "list of " + elements.size();
                            case Data.Mapping(var entries) -> "map of " + entries.keySet();
                            case Data.Structure(String type, var fields) -> type + fields.names();
                            case Data.Int _,
                                    Data.Real _,
                                    Data.Bool _,
                                    Data.Blob _,
                                    Data.Nothing _,
                                    Data.Unknown _,
                                    Data.Invalid _ ->
                                    String.valueOf(each.data());
                        }));
        return leaves;
    }

    /// An address inside a longer one is none.
    private static String named(String text, Map<String, String> addresses) {
        String named = text;
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            named =
                    Pattern.compile(
                                    "(?<![0-9])(?<![0-9][.])%s(?![.]?[0-9])"
                                            .formatted(Pattern.quote(address.getKey())))
                            .matcher(named)
                            .replaceAll(Matcher.quoteReplacement(address.getValue()));
        }
        return named;
    }

    /// How this differs from what stood before.
    List<Finding> differencesFrom(Snapshot before) {
        List<Finding> found = new ArrayList<>();
        before.all.keySet().stream()
                .filter(key -> !all.containsKey(key))
                .forEach(key -> found.add(Finding.of(key + " stood at first and does not now")));
        all.forEach((key, now) -> {
            Of then = before.all.get(key);
            if (then == null) {
                found.add(Finding.of(key + " stands now and did not at first"));
                return;
            }
            then.owned.stream()
                    .filter(one -> !now.owned.contains(one))
                    .forEach(one -> found.add(Finding.of(key + " owned " + one + " at first")));
            now.owned.stream()
                    .filter(one -> !then.owned.contains(one))
                    .forEach(one -> found.add(Finding.of(key + " owns " + one + " now")));
            now.outputs.forEach((name, output) -> {
                Output old = then.outputs.get(name);
                if (old != null && !old.full.equals(output.full)) {
                    found.add(
                            Finding.of(
                                    "output %s of %s was %s at first and is %s now"
                                            .formatted(name, key, old.shown, output.shown)));
                }
            });
        });
        return found;
    }
}
