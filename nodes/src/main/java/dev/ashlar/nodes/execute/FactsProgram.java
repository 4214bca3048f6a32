package dev.ashlar.nodes.execute;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.text.Plain;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.Job;
import dev.ashlar.nodes.channel.ShellText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The program that gathers facts, and what it answers.
final class FactsProgram {
    private static final StepSpec.Script SCRIPT =
            new StepSpec.Script("facts.sh", ShellText.packed(FactsProgram.class, "facts.sh"));

    private FactsProgram() {}

    static Job job(Work.Gather work) {
        String wanted =
                work.facts().stream().map(Fact::word).collect(Collectors.joining(" ", " ", " "));
        SequencedMap<String, Value> inputs = new LinkedHashMap<>();
        inputs.put("wanted", Value.text(wanted));
        ScriptProgram program = ScriptProgram.of(SCRIPT, Optional.empty(), inputs);
        return Job.killed(work.intent(), work.timeout(), program.text(), program.files());
    }

    /// Each fact that was asked for, of its type. To gather them changes nothing.
    static Report report(Work.Gather work, Answer answer) {
        Report report =
                ScriptReports.of(SCRIPT, work.outputs(), answer, work.timeout(), Redaction.NONE);
        return report instanceof Report.Done done
                ? new Report.Done(List.of(), done.outputs(), done.owned(), done.log())
                : report;
    }

    /// How the node differs from the record, in words.
    static List<String> differences(Inspection.Known known, Answer answer) {
        return switch (report(known.work(), answer)) {
            case Report.Done done -> differences(known, done.outputs());
            case Report.NotDone failed ->
                    List.of("cannot be gathered: " + failed.failure().message());
            case Report.Stopped _ -> List.of();
        };
    }

    private static List<String> differences(
            Inspection.Known known, SequencedMap<String, Value> now) {
        List<String> found = new ArrayList<>();
        now.forEach((name, value) -> {
            Optional<Value> was = Optional.ofNullable(known.values().get(name));
            if (!was.map(Value::data).equals(Optional.of(value.data()))) {
                found.add(
                        name
                                + " is "
                                + told(value)
                                + was.map(then -> ", was " + told(then)).orElse(""));
            }
        });
        return found;
    }

    private static String told(Value value) {
        return Plain.line(ScriptProgram.plain(value));
    }
}
