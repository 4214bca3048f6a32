package dev.ashlar.app.trial;

import dev.ashlar.app.execution.EarlyEnd;
import dev.ashlar.app.execution.Wish;
import dev.ashlar.app.terminal.ProgressMode;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.app.trial.TrialResult.Outcome;
import dev.ashlar.model.work.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A suite on a test cluster, with machines and a state that are its own and go when it ends,
/// however it ends.
///
/// @param limit how long it may take, cleaning up aside
/// @param keeps whether the machines and the state of one that fails stay for a look
/// @param home where the packs and sites that come with Ashlar are
/// @param mode how each run is shown while it goes
public record Trial(
        TestCluster cluster,
        Suite suite,
        Duration limit,
        boolean keeps,
        Path home,
        Terminal terminal,
        ProgressMode mode) {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final int MARK = 5;

    /// Where a suite has come to.
    ///
    /// @param isEnded true when a person has ended it
    private record Progress(String at, List<Finding> findings, boolean isEnded) {}

    /// Plays the suite to its end, or to the first stage that finds something.
    ///
    /// @param wish ends it; what it has made goes all the same
    /// @throws IOException when no folder can be made for it, or not removed
    public TrialResult play(Wish wish) throws IOException {
        Path folder = Files.createTempDirectory("ashlar-trial-");
        try (EarlyEnd end = EarlyEnd.within(limit, wish, this::tell)) {
            return play(folder, end, wish);
        } catch (IOException | RuntimeException | Error bug) {
            cleanUp(bug, () -> delete(folder));
            throw bug;
        }
    }

    private TrialResult play(Path folder, EarlyEnd end, Wish wish) throws IOException {
        long beganMs = CLOCK.millis();
        String digits = folder.toString();
        String mark = suite.word() + "-" + digits.substring(digits.length() - MARK);
        Stand stand = new Stand(folder, cluster.copyTo(folder, mark, home), terminal, mode, end);
        stand.beAlone();
        Progress progress = stages(stand, end, wish);
        boolean stays = keeps && !wish.isThere() && !progress.findings().isEmpty();
        Optional<Failure> notGivenBack = Optional.empty();
        if (!stays) {
            terminal.say("  its machines are given back");
            notGivenBack = wish.inSpite(stand::giveBack);
            delete(folder);
        }
        List<Finding> findings = new ArrayList<>(progress.findings());
        boolean wasWished = wish.isThere() && findings.removeIf(Finding::mayBeAWish);
        notGivenBack.map(Trial::notGivenBack).ifPresent(findings::add);
        return new TrialResult(
                cluster.name(),
                suite,
                outcome(progress.isEnded() || wasWished, findings),
                progress.at(),
                findings,
                stand.runs(),
                CLOCK.millis() - beganMs,
                stays ? Optional.of(folder) : Optional.empty());
    }

    private static Outcome outcome(boolean isEnded, List<Finding> findings) {
        if (isEnded) {
            return Outcome.INTERRUPTED;
        }
        return findings.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
    }

    private Progress stages(Stand stand, EarlyEnd end, Wish wish) {
        String at = "";
        try {
            for (Stage stage : suite.stages(stand)) {
                at = stage.title();
                terminal.say("  " + at);
                end.check();
                List<Finding> found = stage.part().play();
                if (!found.isEmpty()) {
                    return new Progress(at, found, false);
                }
            }
            return new Progress(at, List.of(), false);
        } catch (RuntimeException | Error bug) {
            cleanUp(
                    bug,
                    () ->
                            wish.inSpite(stand::giveBack)
                                    .map(Failure::message)
                                    .map(IllegalStateException::new)
                                    .ifPresent(bug::addSuppressed));
            throw bug;
        } catch (InterruptedException _) {
            boolean isPerson = end.reason().equals(Optional.of(EarlyEnd.Reason.PERSON));
            return isPerson
                    ? new Progress(at, List.of(), true)
                    : new Progress(
                            at,
                            List.of(
                                    Finding.of(
                                            "it did not end within "
                                                    + Times.lasting(limit.toMillis()))),
                            false);
        }
    }

    /// What is done on the way out.
    interface Cleaning {
        void run() throws IOException;
    }

    /// What goes wrong in it does not hide the bug for which it is done.
    static void cleanUp(Throwable bug, Cleaning cleaning) {
        try {
            cleaning.run();
        } catch (IOException | RuntimeException worse) {
            bug.addSuppressed(worse);
        }
    }

    private void tell(EarlyEnd.Reason why) {
        terminal.warn(
                switch (why) {
                    case PERSON -> "  stopping what runs; then the machines are given back";
                    case TIME -> "  its time is over: stopping what runs";
                });
    }

    private static Finding notGivenBack(Failure failure) {
        return Finding.of("its machines could not be given back: " + failure.message());
    }

    /// Links are removed and not followed.
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
