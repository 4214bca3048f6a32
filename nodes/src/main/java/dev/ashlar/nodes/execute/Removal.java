package dev.ashlar.nodes.execute;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A script that takes back what another did: recorded with it, text and inputs but for secrets, so
/// that undo needs no pack.
record Removal(StepSpec.Script script, SequencedMap<String, Value> inputs) {
    private static final String INPUT = "input.";

    /// The report of a script, with what its removal needs; also after a failure or a stop, when
    /// half of it may have been done.
    static Report owning(Work.Run run, Report report) {
        if (run.remove().isEmpty()) {
            return report;
        }
        Map<String, String> details = new TreeMap<>();
        run.inputs()
                .forEach((name, value) -> {
                    if (!value.hasSecret()) {
                        details.put(INPUT + name, ScriptProgram.plain(value));
                    }
                });
        Owned owned =
                Owned.of(Owned.SCRIPT, run.script().file(), false, details)
                        .removedBy(run.remove().get());
        return switch (report) {
            case Report.Done done ->
                    new Report.Done(
                            done.changed(), done.outputs(), with(done.owned(), owned), done.log());
            case Report.NotDone failed ->
                    new Report.NotDone(failed.failure(), with(failed.owned(), owned), failed.log());
            case Report.Stopped stopped ->
                    new Report.Stopped(with(stopped.owned(), owned), stopped.log());
        };
    }

    private static List<Owned> with(List<Owned> owned, Owned more) {
        List<Owned> all = new ArrayList<>(owned);
        all.add(more);
        return all;
    }

    static boolean undoes(Work.Undo undo) {
        return undo.owned().stream().anyMatch(Owned::isByScript);
    }

    static Removal of(Work.Undo undo) {
        Owned owned =
                undo.owned().stream()
                        .filter(Owned::isByScript)
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("no script in " + undo.key()));
        SequencedMap<String, Value> inputs = new LinkedHashMap<>();
        owned.details()
                .forEach((name, text) -> {
                    if (name.startsWith(INPUT)) {
                        inputs.put(name.substring(INPUT.length()), Value.text(text));
                    }
                });
        return new Removal(owned.remove().orElse(new StepSpec.Script("", "")), inputs);
    }
}
