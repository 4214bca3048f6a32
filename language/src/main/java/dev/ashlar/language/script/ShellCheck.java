package dev.ashlar.language.script;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Health;
import dev.ashlar.model.composition.StepSpec.Script;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Has `sh -n` read every script: parsed, never run. Where this host has no `sh`, nothing is said.
public final class ShellCheck {
    private static final Pattern COMPLAINT =
            Pattern.compile("(?m)^[^\\n]*?:(?: line)? ([0-9]+): (?:[Ss]yntax error:? ?)?([^\\n]*)");
    private static final Pattern INLINE = Pattern.compile("(.*):([0-9]+)");

    private final Diagnostics diagnostics;
    private final Set<Script> seen = new LinkedHashSet<>();

    public ShellCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// Checks all scripts of a component that were not checked yet.
    public void check(ComponentSpec component) throws InterruptedException {
        for (StepSpec step : component.allSteps()) {
            for (Script script : scripts(step)) {
                if (seen.add(script)) {
                    check(script);
                }
            }
        }
    }

    private static List<Script> scripts(StepSpec step) {
        List<Script> scripts = new ArrayList<>();
        step.health().map(Health::script).ifPresent(scripts::add);
        scripts.addAll(step.action().scripts());
        return scripts;
    }

    private void check(Script script) throws InterruptedException {
        String complaints;
        try {
            Process process = new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
            try (OutputStream input = process.getOutputStream()) {
                input.write(script.text().getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                // It stops reading at the first error; what it says tells which.
            }
            complaints =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return;
            }
        } catch (IOException _) {
            return;
        }
        Matcher complaint = COMPLAINT.matcher(complaints);
        boolean placed = complaint.find();
        int line = placed ? Integer.parseInt(complaint.group(1)) : 1;
        String words = placed ? complaint.group(2).strip() : "not readable as shell";
        diagnostics.add(
                Diagnostic.of(Code.ASH0305, place(script, line), "shell syntax error: " + words));
    }

    /// An error at the end is placed on the last line that says something.
    private static Span place(Script script, int line) {
        List<String> lines = script.text().lines().toList();
        int number = Math.clamp(line, 1, Math.max(1, lines.size()));
        while (number > 1 && lines.get(number - 1).isBlank()) {
            number--;
        }
        String text = lines.isEmpty() ? "" : lines.get(number - 1);
        int indentation = text.length() - text.stripLeading().length();
        Matcher inline = INLINE.matcher(script.file());
        if (!inline.matches()) {
            return Span.of(script.file(), number, indentation + 1, text.strip().length());
        }
        int start = Integer.parseInt(inline.group(2));
        boolean block = script.text().indexOf('\n') >= 0;
        return Span.of(inline.group(1), start + (block ? number : 0), 1, 1);
    }
}
