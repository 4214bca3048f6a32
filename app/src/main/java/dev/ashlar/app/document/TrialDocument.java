package dev.ashlar.app.document;

import dev.ashlar.app.trial.Finding;
import dev.ashlar.app.trial.TrialResult;
import dev.ashlar.app.trial.TrialResult.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How the suites of a pack have ended, for machines.
public final class TrialDocument {
    private TrialDocument() {}

    /// @param isEnded whether a person has ended the whole
    /// @param again the command that plays a suite once more
    public static String of(
            String pack,
            List<TrialResult> results,
            boolean isEnded,
            Function<TrialResult, String> again) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", "ashlar.trial/1.0");
        json.put("pack", pack);
        json.put("outcome", word(isEnded ? Outcome.INTERRUPTED : worst(results)));
        ArrayNode suites = json.putArray("suites");
        results.forEach(result -> suite(suites.addObject(), result, again.apply(result)));
        return Documents.text(json);
    }

    private static Outcome worst(List<TrialResult> results) {
        return results.stream()
                .map(TrialResult::outcome)
                .max(Outcome::compareTo)
                .orElse(Outcome.PASSED);
    }

    private static void suite(ObjectNode json, TrialResult result, String again) {
        json.put("suite", result.suite().word());
        json.put("cluster", result.cluster());
        json.put("outcome", word(result.outcome()));
        json.put("at", result.at());
        ArrayNode findings = json.putArray("findings");
        result.findings().forEach(finding -> finding(findings.addObject(), finding));
        json.put("runs", result.runs());
        json.put("took_ms", result.tookMs());
        json.put("again", again);
        result.kept().ifPresent(folder -> json.put("kept", folder.toString()));
    }

    private static void finding(ObjectNode json, Finding finding) {
        json.put("what", finding.what());
        ArrayNode failures = json.putArray("failures");
        finding.failures()
                .forEach((key, failure) -> {
                    ObjectNode one = failures.addObject();
                    Documents.identity(one, key);
                    Documents.failure(one.putObject("failure"), failure);
                });
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
