package dev.ashlar.nodes.execute;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.Answer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a script came to, as a report.
final class ScriptReports {
    private ScriptReports() {}

    static Report of(Work.Probe probe, Answer answer) {
        return of(probe.script(), new LinkedHashMap<>(), answer, probe.timeout(), Redaction.NONE);
    }

    /// @param redaction of what it was given: none of that may be in what it wrote for everybody
    static Report of(
            StepSpec.Script script,
            SequencedMap<String, Type> declared,
            Answer answer,
            Duration timeout,
            Redaction redaction) {
        byte[] written = answer.field("outputs").map(Answer.Field::bytes).orElse(new byte[0]);
        Redaction own = Redaction.of(Outputs.secrets(written, declared));
        String log = own.applied(answer.text("log"));
        if (answer.has("cancelled")) {
            return new Report.Stopped(log);
        }
        Answer records =
                Answer.parse(answer.field("records").map(Answer.Field::bytes).orElse(new byte[0]));
        boolean probed = records.has("probe") && !records.text("probe").equals("1");
        byte[] open = Outputs.open(written, declared);
        Outputs outputs =
                redaction.finds(open) || own.finds(open)
                        ? new Outputs.Bad(told())
                        : Outputs.read(written, declared, redaction);
        String code = answer.text("exit").strip();
        if (answer.has("timeout")) {
            Failure failure =
                    Failures.timeout(timeout)
                            .withCommand(script.file(), number(code), Failures.lastLines(log));
            return new Report.NotDone(failure, List.of(), log);
        }
        if (answer.has("gone")) {
            return new Report.NotDone(Failures.gone(answer.text("gone")), List.of(), log);
        }
        if (probed && !code.equals("0")) {
            return new Report.NotDone(unknown(code, log), List.of(), log);
        }
        if (!code.equals("0")) {
            return new Report.NotDone(
                    Failures.script(script.file(), number(code), log), List.of(), log);
        }
        if (answer.has("left")) {
            return new Report.NotDone(Failures.left(answer.text("left"), log), List.of(), log);
        }
        if (answer.has("surplus")) {
            Failure failure =
                    Failure.lasting(
                            "output-surplus", Fault.USER, "wrote more than 1 MiB of outputs");
            return new Report.NotDone(failure, List.of(), log);
        }
        return switch (outputs) {
            case Outputs.Good(var values) ->
                    new Report.Done(
                            probed ? List.of() : List.of("ran " + script.file()),
                            values,
                            List.of(),
                            log);
            case Outputs.Bad(Failure failure) ->
                    new Report.NotDone(
                            failure.withCommand(script.file(), 0, Failures.lastLines(log)),
                            List.of(),
                            log);
        };
    }

    private static Failure told() {
        return Failure.lasting(
                        "secret-told",
                        Fault.USER,
                        "wrote a secret into its outputs, which are kept on record")
                .withHint("What others read is no secret: leave it out of `$ASHLAR_OUTPUT`.");
    }

    private static Failure unknown(String code, String log) {
        return Failure.lasting(
                        "probe-unknown",
                        Fault.USER,
                        "the probe can't tell whether it was done (exit code " + code + ")")
                .withCommand("probe", number(code), Failures.lastLines(log))
                .withHint("A probe answers 0 for done and 1 for not done; a person must decide.");
    }

    private static int number(String code) {
        return code.matches("[0-9]{1,3}") ? Integer.parseInt(code) : -1;
    }
}
