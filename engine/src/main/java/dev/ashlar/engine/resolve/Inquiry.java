package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Action.Deed;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What can be told of instances and uses besides the work that they are: for explanations, for
/// what people are shown, and for what is wrong in the files. Confined to its resolver's thread.
public final class Inquiry {
    private final Resolver resolver;
    private final Values values;
    private final View view;
    private final Past past;
    private final Readings readings;
    private final boolean lapses;

    Inquiry(Resolver resolver, Values values, View view, Past past, Readings readings) {
        this.resolver = resolver;
        this.values = values;
        this.view = view;
        this.past = past;
        this.readings = readings;
        this.lapses = Lapses.areIn(values.graph().composition());
    }

    /// The lines for a person at the end of a run, by use.
    public SequencedMap<String, String> notes() {
        SequencedMap<String, String> notes = new LinkedHashMap<>();
        for (UseSpec use : values.graph().composition().uses().values()) {
            note(use)
                    .ifPresent(value ->
                            notes.put(
                                    use.name(),
                                    value.data() instanceof Data.Text(String text)
                                            ? text
                                            : Shown.of(value)));
        }
        return notes;
    }

    /// A value by which a use stands for an interface.
    public Value implemented(String use, String of, String name) {
        return values.implemented(use, of, name);
    }

    private Optional<Value> note(UseSpec use) {
        return use.component()
                .notes()
                .map(expression -> expression.evaluate(values.scope(use, Optional.empty())));
    }

    /// What an instance reads, by path, as far as it can be said now: what is remembered once all
    /// is known, for explanations before that.
    ///
    /// @param inFull also what it reads besides its declared inputs while these are not known: for
    ///   one instance, as doing so for all would look on each node at each other
    public SequencedMap<String, Reading> readings(Instance instance, boolean inFull) {
        SequencedMap<String, Reading> all = new LinkedHashMap<>();
        if (instance instanceof Instance.Acquire
                && resolver.resolve(instance) instanceof Resolution.Known known) {
            known.inputs().forEach((name, input) -> all.put(name, Reading.of(input)));
        }
        if (instance instanceof Instance.Step step) {
            StepScope scope = new StepScope(values, view, step);
            Placement place = Placement.of(step, scope, values.graph(), past);
            Optional<Value> choice =
                    place instanceof Placement.Settled s ? s.choice() : Optional.empty();
            scope.noteCondition();
            if (values.decisions().isOff(step)) {
                // Nothing else of it is read.
                choice = Optional.empty();
            } else if (inFull || resolver.declared(step).stream().allMatch(Kept::isKnown)) {
                // Evaluated for what it reads; nothing is done with the work.
                Drafted.of(step, scope, step.key().node());
            } else {
                scope.readSelector();
                step.step().inputs().keySet().forEach(scope::readInput);
            }
            scope.reads().forEach((path, value) -> all.put(path, readings.reading(value)));
            steady(step, scope).forEach(all::replace);
            choice.ifPresent(node -> all.put(Resolver.CHOICE, readings.reading(node)));
        }
        return all;
    }

    /// What lapses is told from what it was by what there is of it besides.
    private SequencedMap<String, Reading> steady(Instance.Step step, StepScope scope) {
        SequencedMap<String, Reading> told = new LinkedHashMap<>();
        if (lapses
                && scope.reads().values().stream()
                        .anyMatch(value -> !Lapses.in(value.deepLabel()).isEmpty())) {
            StepScope steady = resolver.steady(step);
            Drafted.of(step, steady, step.key().node());
            scope.reads()
                    .forEach((path, value) -> {
                        if (value.isKnown()) {
                            Resolved now = readings.resolved(value);
                            told.put(path, Reading.of(steady.digested(path, now)));
                        }
                    });
        }
        return told;
    }

    /// What an instance reads that is good for a time only, as far as it can be said now.
    public Set<Origin.Lapsing> lapsing(Instance.Step instance) {
        return lapses ? Lapses.readBy(instance, values) : Set.of();
    }

    /// What an instance does, one short text each, as far as it can be said now.
    public List<String> deeds(Instance instance) {
        return switch (instance) {
            case Instance.Acquire acquire -> List.of("machine of provider " + acquire.provider());
            case Instance.Gather gather ->
                    gather.facts().stream().map(fact -> "fact " + fact.word()).toList();
            case Instance.Step step -> {
                StepScope scope = new StepScope(values, view, step);
                List<String> deeds = new ArrayList<>();
                values.decisions()
                        .chosenCase(step)
                        .ifPresent(name -> deeds.add(step.whyCase(name)));
                scope.deed().ifPresent(deed -> deeds.addAll(deeds(deed, scope)));
                values.decisions().openSelector(step).ifPresent(by -> deeds.add("a case of " + by));
                yield deeds;
            }
        };
    }

    private static List<String> deeds(Deed deed, StepScope scope) {
        return switch (deed) {
            case Action.Resources(List<ResourceSpec> specs) ->
                    specs.stream().flatMap(spec -> titles(spec, scope).stream()).toList();
            case Action.Run run -> List.of("script " + run.script().file());
            case Action.Call call -> List.of("calls " + call.function());
        };
    }

    /// With what it takes to be wanted, where that is not known.
    private static List<String> titles(ResourceSpec spec, StepScope scope) {
        Expansion expansion = Expansion.of(spec, scope);
        if (expansion.read().stream().allMatch(Value::isKnown)) {
            return expansion.wanted().stream().map(each -> title(spec, scope, each)).toList();
        }
        String condition = spec.when().map(when -> " when " + when.source()).orElse("");
        String repeated = spec.each().map(each -> " for each " + each.source()).orElse("");
        String what =
                spec.each().isEmpty() ? title(spec, scope, Optional.empty()) : spec.kind().word();
        return List.of(what + repeated + condition);
    }

    private static String title(ResourceSpec spec, StepScope scope, Optional<Value> element) {
        return Optional.ofNullable(spec.parameters().get(spec.kind().identity().name()))
                .map(identity -> scope.evaluate(identity, element))
                .map(value ->
                        value.data() instanceof Data.Text(String text) ? text : Shown.of(value))
                .map(identity -> spec.kind().word() + " " + identity)
                .orElse(spec.kind().word());
    }

    /// What a step would write into files, by path, each as far as it can be said now; nothing
    /// while what the step declares to read is not known.
    public SequencedMap<String, Value> contents(Instance.Step step) {
        SequencedMap<String, Value> contents = new LinkedHashMap<>();
        StepScope scope = new StepScope(values, view, step);
        boolean isOpen =
                !values.decisions().isOn(step)
                        || scope.deed().isEmpty()
                        || !resolver.declared(step).stream().allMatch(Kept::isKnown);
        if (!isOpen
                && Drafted.of(step, scope, step.key().node()).work().apply("")
                        instanceof Work.Apply apply) {
            for (Resource resource : apply.resources()) {
                Optional<Value> path = Optional.ofNullable(resource.parameters().get("path"));
                if (resource.kind() == ResourceKind.FILE
                        && path.filter(Value::isKnown).isPresent()) {
                    contents.put(
                            resource.identity(),
                            resource.parameters().getOrDefault("content", Value.text("")));
                }
            }
        }
        return contents;
    }

    /// True when a step can never be done as it is written.
    public boolean isImpossible(Instance.Step instance) {
        return resolver.resolve(instance) instanceof Resolution.Impossible;
    }

    /// What of a step has no value: its place, what it declares, and what it reads besides, also
    /// where [Resolver#resolve] would first wait for something else.
    public List<Data.Invalid> withoutValue(Instance.Step instance) {
        List<Data.Invalid> found = new ArrayList<>();
        StepScope scope = new StepScope(values, view, instance);
        if (Placement.of(instance, scope, values.graph(), past)
                instanceof Placement.Nowhere(Data.Invalid why)) {
            found.add(why);
        }
        resolver.declared(instance).forEach(kept -> kept.invalid().ifPresent(found::add));
        if (!values.decisions().isOn(instance)) {
            return found;
        }
        Drafted.of(instance, scope, instance.key().node()).values().stream()
                .flatMap(value -> Kept.firstInvalid(value).stream())
                .forEach(found::add);
        return found;
    }

    /// What of a use has no value on that node: its inputs, read or not.
    public List<Data.Invalid> withoutValue(UseSpec use, String node) {
        return use.inputs().keySet().stream()
                .map(name -> values.input(use, Optional.of(node), name))
                .flatMap(value -> Kept.firstInvalid(value).stream())
                .toList();
    }

    /// Of the lines for a person at the end of a run.
    public Optional<Data.Invalid> withoutValue(UseSpec use) {
        return note(use).flatMap(Kept::firstInvalid);
    }
}
