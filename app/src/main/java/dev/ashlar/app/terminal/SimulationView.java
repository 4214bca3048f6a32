package dev.ashlar.app.terminal;

import dev.ashlar.app.simulation.Campaign;
import dev.ashlar.app.simulation.Simulated;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Profile;
import dev.ashlar.simulation.Profile.Hold;
import dev.ashlar.simulation.experiment.Lived;
import dev.ashlar.simulation.experiment.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// Simulations for people: where the time went, what went wrong, and how it ended.
public final class SimulationView {
    private static final int MOST_SHOWN = 10;

    private final Terminal terminal;

    public SimulationView(Terminal terminal) {
        this.terminal = terminal;
    }

    public List<String> lines(Simulated simulated) {
        Result result = simulated.result();
        Profile profile = result.profile();
        List<String> lines = new ArrayList<>();
        lines.add(
                "Seed %d, from %s"
                        .formatted(
                                result.seed(),
                                simulated.onRecord() ? "what is on record" : "nothing"));
        lines.add(outcome(result));
        lines.add(
                "  work       %s, %s of work, %s, %s"
                        .formatted(
                                count(simulated.instances(), "instance"),
                                count(profile.works(), "piece"),
                                count(result.events(), "event"),
                                count(profile.retries(), "retry", "retries")));
        if (simulated.onRecord() && result.isDone() && profile.works() == 0) {
            lines.add("  help: nothing is left to do; --fresh plays it from nothing");
        }
        lines.add(
                String.format(
                        Locale.ROOT,
                        "  at once    %d at most, %.1f on average",
                        profile.mostAtOnce(),
                        simulated.averageAtOnce()));
        lines.add(
                "  durations  of %d of %s from the record, the others made up"
                        .formatted(simulated.learned(), count(simulated.steps(), "step")));
        lines.addAll(path(profile));
        lines.addAll(waits(profile));
        lines.addAll(faults(result.faults(), result::struck));
        lines.addAll(neverStruck(result.neverStruck()));
        return lines;
    }

    private String outcome(Result result) {
        StringBuilder text = new StringBuilder(64);
        text.append(
                result.isDone()
                        ? terminal.paint(Paint.GOOD, "done")
                        : terminal.paint(Paint.BAD, "failed"));
        text.append(" in ").append(lasting(result.durationMs())).append(" of virtual time");
        if (result.lives().size() > 1) {
            text.append(", in ")
                    .append(result.lives().size())
                    .append(" runs: ")
                    .append(endings(result.lives()));
        }
        return text.toString();
    }

    /// What ends like the one before is counted with it.
    private static String endings(List<Lived> lives) {
        List<String> words = new ArrayList<>();
        int same = 0;
        for (int i = 0; i < lives.size(); i++) {
            same++;
            String word = word(lives.get(i));
            if (i + 1 == lives.size() || !word.equals(word(lives.get(i + 1)))) {
                words.add(same == 1 ? word : word + " " + same + " times");
                same = 0;
            }
        }
        return String.join(", ", words);
    }

    private static String word(Lived life) {
        String word =
                switch (life.ending()) {
                    case DONE -> "done";
                    case FAILED -> "failed";
                    case CANCELLED -> "cancelled";
                    case AMENDED -> "amended";
                    case DIED -> "died";
                };
        return life.calm() ? word + " without faults" : word;
    }

    private static List<String> path(Profile profile) {
        if (profile.path().isEmpty()) {
            return List.of();
        }
        Set<Profile.Span> longest =
                profile.path().stream()
                        .sorted(Comparator.comparingLong(Profile.Span::lastsMs).reversed())
                        .limit(MOST_SHOWN)
                        .collect(Collectors.toSet());
        List<String> lines = new ArrayList<>();
        int left = profile.path().size() - longest.size();
        lines.add(
                "Critical path, each begun when the one before had ended"
                        + (left > 0 ? ", without " + left + " shorter" : "")
                        + ":");
        profile.path().stream()
                .filter(longest::contains)
                .forEach(span -> lines.add(row(span.lastsMs(), span.key() + taken(span.effect()))));
        return lines;
    }

    private static List<String> waits(Profile profile) {
        List<String> lines = new ArrayList<>();
        if (!profile.waits().isEmpty()) {
            lines.add("Longest waits:");
        }
        profile.waits()
                .forEach(wait ->
                        lines.add(
                                row(
                                        wait.ms(),
                                        wait.key()
                                                + taken(wait.effect())
                                                + " for "
                                                + what(wait.hold()))));
        profile.held()
                .forEach((hold, held) ->
                        lines.add(
                                "Held up by %s: %s, %s in all"
                                        .formatted(
                                                what(hold),
                                                count(held.times(), "instance"),
                                                lasting(held.ms()))));
        return lines;
    }

    private static String what(Hold hold) {
        return switch (hold) {
            case TURN -> "its turn";
            case LIMIT -> "the limit of what is done at once";
            case NODE -> "what is done at its node";
            case HEALTH -> "its health";
        };
    }

    private static String taken(Effect effect) {
        return effect == Effect.UNDO ? " (taken back)" : "";
    }

    private static String row(long ms, String what) {
        return "  %8s  %s".formatted(lasting(ms), what);
    }

    private static List<String> faults(Faults faults, ToLongFunction<Fault> struck) {
        List<String> lines = new ArrayList<>();
        if (!faults.rates().isEmpty()) {
            lines.add("Faults:");
        }
        faults.rates()
                .forEach((fault, rate) ->
                        lines.add(
                                "  %-17s %6s  struck %s"
                                        .formatted(
                                                fault.word(),
                                                rate(rate),
                                                count(struck.applyAsLong(fault), "time"))));
        return lines;
    }

    /// How often a fault strikes, as it may be typed.
    public static String rate(double rate) {
        return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
    }

    private List<String> neverStruck(List<Fault> faults) {
        return faults.isEmpty()
                ? List.of()
                : List.of(
                        terminal.paint(Paint.CHANGE, "asked for, never struck: ")
                                + faults.stream()
                                        .map(Fault::word)
                                        .collect(Collectors.joining(", ")));
    }

    public List<String> lines(Campaign campaign) {
        List<String> lines = new ArrayList<>();
        int failed = campaign.failed().size();
        lines.add(
                "%s: %s, %s, %d failed"
                        .formatted(
                                campaign.isPassed()
                                        ? terminal.paint(Paint.GOOD, "passed")
                                        : terminal.paint(Paint.BAD, "failed"),
                                count(campaign.runs(), "run"),
                                differing(campaign),
                                failed));
        lines.addAll(faults(campaign.faults(), campaign::struck));
        lines.addAll(neverStruck(campaign.neverStruck()));
        return lines;
    }

    private static String differing(Campaign campaign) {
        long first = campaign.firstSeed();
        return campaign.isByRecord()
                ? "seed %d, dead after each record".formatted(first)
                : "seeds %d to %d".formatted(first, first + campaign.runs() - 1);
    }

    /// What did not end as it is to, each with the command that plays it once more.
    public List<String> failed(Campaign campaign) {
        List<String> lines = new ArrayList<>();
        for (Campaign.Failed failed : campaign.failed().stream().limit(MOST_SHOWN).toList()) {
            lines.add(
                    terminal.paint(Paint.BAD, "seed " + failed.seed())
                            + failed.crashAfter()
                                    .map(record -> ", dead after record " + record)
                                    .orElse("")
                            + (failed.isBug() ? ": this is a bug in Ashlar" : ": it did not end"));
            failed.what().stream().limit(MOST_SHOWN).forEach(what -> lines.add("  " + what));
            lines.add("  help: once more with `" + failed.again() + "`");
        }
        int left = campaign.failed().size() - MOST_SHOWN;
        if (left > 0) {
            lines.add("and " + left + " more");
        }
        return lines;
    }

    public List<String> violations(List<String> violations) {
        List<String> lines = new ArrayList<>();
        if (!violations.isEmpty()) {
            lines.add("error: this is a bug in Ashlar, a simulated run breaks its rules:");
            violations.stream().limit(MOST_SHOWN).forEach(what -> lines.add("  " + what));
        }
        if (violations.size() > MOST_SHOWN) {
            lines.add("  and " + (violations.size() - MOST_SHOWN) + " more");
        }
        return lines;
    }

    private static String lasting(long ms) {
        return ms < 1_000 ? ms + " ms" : Times.lasting(ms);
    }

    private static String count(long number, String one) {
        return count(number, one, one + "s");
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
