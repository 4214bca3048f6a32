package dev.ashlar.nodes.execute;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.ShellText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// The program around a person's script: its inputs as environment variables, of a secret the name
/// of a file beside it in memory, a place for its outputs, and the probe that may make it needless.
/// Both end at the first command that fails, and at a variable that is not set (decisions/0035).
///
/// @param text shell text for a job
/// @param files the scripts, beside it
record ScriptProgram(String text, SequencedMap<String, byte[]> files) {

    private static final String SECRET = "secret";
    private static final String RUN = "$sh -eu \"$t/%s\"\ncode=$?\n";

    static ScriptProgram of(Work.Probe probe) {
        return of(probe.script(), Optional.empty(), probe.inputs());
    }

    static ScriptProgram of(
            StepSpec.Script script,
            Optional<StepSpec.Script> probe,
            SequencedMap<String, Value> inputs) {
        SequencedMap<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder text =
                new StringBuilder(
                        "umask 022\ncd /\nunset LIBRARY STATE LINEAGE LIMIT\n"
                                // Inputs have names in upper case: they take none of these.
                                + "t=$T\nsh=$SH\n");
        inputs.forEach((name, value) -> {
            boolean isSecret = value.hasSecret();
            String word = isSecret ? beside(value, files) : ShellText.quoted(plain(value));
            text.append("export ").append(StepSpec.variable(name, isSecret));
            text.append('=').append(word).append('\n');
        });
        text.append("export ASHLAR_OUTPUT=\"$t/outputs\"\n: >\"$t/outputs\"\n");
        files.put("script", bytes(script));
        if (probe.isPresent()) {
            files.put("probe", bytes(probe.get()));
            text.append(RUN.formatted("probe"));
            text.append("printf 'probe %d\\n%s\\n' ${#code} $code >\"$t/records\"\n");
            text.append("[ $code -eq 1 ] || exit $code\n: >\"$t/outputs\"\n");
        }
        text.append(RUN.formatted("script"));
        text.append("printf 'script %d\\n%s\\n' ${#code} $code >>\"$t/records\"\nexit $code\n");
        return new ScriptProgram(text.toString(), files);
    }

    private static String beside(Value secret, SequencedMap<String, byte[]> files) {
        String file = SECRET + files.size();
        files.put(file, plain(secret).getBytes(StandardCharsets.UTF_8));
        return "\"$t/" + file + '"';
    }

    private static byte[] bytes(StepSpec.Script script) {
        return script.text().getBytes(StandardCharsets.UTF_8);
    }

    /// As a script sees it: a text as it is, everything else as JSON.
    static String plain(Value value) {
        return value.data() instanceof Data.Text(String text) ? text : Json.write(value);
    }
}
