package dev.ashlar.app.document;

import dev.ashlar.app.simulation.Campaign;
import dev.ashlar.app.simulation.Simulated;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Profile;
import dev.ashlar.simulation.experiment.Lived;
import dev.ashlar.simulation.experiment.Result;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Simulations for machines. Nothing in them is measured: the same seed gives the same bytes.
public final class SimulationDocument {
    private SimulationDocument() {}

    public static String of(Simulated simulated) {
        Result result = simulated.result();
        Profile profile = result.profile();
        ObjectNode json = Documents.document("ashlar.simulation/1.0", simulated.cluster());
        json.put("seed", result.seed());
        json.put("outcome", outcome(result.isDone(), !result.violations().isEmpty()));
        json.put("on_record", simulated.onRecord());
        json.put("virtual_ms", result.durationMs());
        json.put("instances", simulated.instances());
        json.put("steps", simulated.steps());
        json.put("steps_with_known_duration", simulated.learned());
        json.put("works", profile.works());
        json.put("events", result.events());
        json.put("retries", profile.retries());
        json.put("most_at_once", profile.mostAtOnce());
        json.put("average_at_once", simulated.averageAtOnce());
        lives(json.putArray("lives"), result.lives());
        path(json.putArray("path"), profile.path());
        waits(json, profile);
        faults(json, result.faults(), result::struck, result.neverStruck());
        failures(json.putArray("failures"), result);
        Documents.strings(json.putArray("violations"), result.violations());
        json.put("again", simulated.again());
        return Documents.text(json);
    }

    private static void failures(ArrayNode json, Result result) {
        result.last()
                .failures()
                .forEach((key, failure) -> {
                    ObjectNode one = json.addObject();
                    Documents.identity(one, key);
                    Documents.failure(one.putObject("failure"), failure);
                });
    }

    private static String outcome(boolean isDone, boolean isBug) {
        if (isDone) {
            return "done";
        }
        return isBug ? "bug" : "failed";
    }

    private static void lives(ArrayNode json, List<Lived> lives) {
        for (Lived life : lives) {
            ObjectNode one = json.addObject();
            one.put("ending", lower(life.ending()));
            one.put("calm", life.calm());
            one.put("virtual_ms", life.timeline().durationMs());
            one.put("events", life.timeline().events());
            life.timeline()
                    .totals()
                    .ifPresent(totals -> {
                        one.put("ran", totals.ran());
                        one.put("unchanged", totals.skipped());
                        one.put("failed", totals.failed());
                        one.put("blocked", totals.blocked());
                        one.put("resumed", totals.resumed());
                    });
        }
    }

    /// Times from the beginning of the path.
    private static void path(ArrayNode json, List<Profile.Span> path) {
        for (Profile.Span span : path) {
            ObjectNode one = json.addObject();
            Documents.identity(one, span.key());
            one.put("effect", lower(span.effect()));
            one.put("from_ms", span.fromMs() - path.getFirst().fromMs());
            one.put("lasts_ms", span.lastsMs());
        }
    }

    private static void waits(ObjectNode json, Profile profile) {
        ArrayNode waits = json.putArray("longest_waits");
        for (Profile.Wait wait : profile.waits()) {
            ObjectNode one = waits.addObject();
            Documents.identity(one, wait.key());
            one.put("effect", lower(wait.effect()));
            one.put("for", lower(wait.hold()));
            one.put("ms", wait.ms());
        }
        ArrayNode held = json.putArray("held_up");
        profile.held()
                .forEach((hold, all) -> {
                    ObjectNode one = held.addObject();
                    one.put("by", lower(hold));
                    one.put("instances", all.times());
                    one.put("ms", all.ms());
                });
    }

    private static void faults(
            ObjectNode json, Faults faults, ToLongFunction<Fault> struck, List<Fault> never) {
        ArrayNode all = json.putArray("faults");
        faults.rates()
                .forEach((fault, rate) -> {
                    ObjectNode one = all.addObject();
                    one.put("fault", fault.word());
                    one.put("asked", rate);
                    one.put("struck", struck.applyAsLong(fault));
                });
        Documents.strings(json.putArray("never_struck"), never.stream().map(Fault::word).toList());
    }

    public static String of(Campaign campaign) {
        ObjectNode json = Documents.document("ashlar.campaign/1.0", campaign.cluster());
        json.put("seed", campaign.firstSeed());
        json.put("runs", campaign.runs());
        json.put("by", campaign.isByRecord() ? "record" : "seed");
        json.put("passed", campaign.isPassed());
        json.put("events", campaign.events());
        faults(json, campaign.faults(), campaign::struck, campaign.neverStruck());
        ArrayNode failed = json.putArray("failed");
        for (Campaign.Failed run : campaign.failed()) {
            ObjectNode one = failed.addObject();
            one.put("seed", run.seed());
            run.crashAfter().ifPresent(record -> one.put("crash_after", record));
            one.put("outcome", outcome(false, run.isBug()));
            Documents.strings(one.putArray("what"), run.what());
            one.put("again", run.again());
        }
        return Documents.text(json);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
