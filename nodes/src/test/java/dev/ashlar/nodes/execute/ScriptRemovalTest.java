package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptRemovalTest {
    @TempDir Path folder;

    @Test
    void removalRunsFromWhatTheSuccessRecorded() {
        Path mark = folder.resolve("a mark");
        try (LocalNodes nodes = new LocalNodes("dash", folder)) {
            Report made = nodes.executor.execute(run(mark, "touch \"$MARK\""), false);
            assertThat(mark).exists();
            Report removed = nodes.executor.execute(undo(owned(made)), false);
            assertThat(removed).isInstanceOf(Report.Done.class);
            assertThat(mark).doesNotExist();
        }
    }

    @Test
    void aRemovalThatFailsInItsMiddleHasNotTakenItBack() {
        Path mark = folder.resolve("mark");
        try (LocalNodes nodes = new LocalNodes("dash", folder)) {
            Report made = nodes.executor.execute(run(mark, "true"), false);
            Report removed = nodes.executor.execute(undo(owned(made)), false);
            assertThat(removed).isInstanceOf(Report.NotDone.class);
            assertThat(removed.log()).contains("mark").doesNotContain("removed");
        }
    }

    @Test
    void whatFailedHalfWayIsRemovedToo() {
        Path mark = folder.resolve("half");
        try (LocalNodes nodes = new LocalNodes("dash", folder)) {
            Report half = nodes.executor.execute(run(mark, "touch \"$MARK\"; exit 3"), false);
            assertThat(half).isInstanceOf(Report.NotDone.class);
            nodes.executor.execute(undo(owned(half)), false);
            assertThat(mark).doesNotExist();
        }
    }

    @Test
    void whatAStepBroughtAboutByScriptAndOtherwiseGoesAltogether() {
        Path mark = folder.resolve("mark");
        Path file = folder.resolve("page");
        try (LocalNodes nodes = new LocalNodes("dash", folder)) {
            Report made = nodes.executor.execute(run(mark, "touch \"$MARK\""), false);
            Report applied = nodes.execute(LocalNodes.apply(PathResourceTest.text(file, "x")));
            List<Owned> both = new ArrayList<>(owned(made));
            both.addAll(owned(applied));
            assertThat(nodes.executor.execute(undo(both), false)).isInstanceOf(Report.Done.class);
            assertThat(mark).doesNotExist();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void whatTheRemovalSaidStaysWhereTheRestIsNotTakenBack() {
        Path mark = folder.resolve("mark");
        Resource stuck =
                Resource.of(
                        ResourceKind.COMMAND,
                        Map.of(
                                "name", Value.text("stuck"),
                                "run", Value.text(": >'" + folder + "/stuck'"),
                                "check", Value.text("test -e '" + folder + "/stuck'"),
                                "remove", Value.text("echo it stays; exit 4")));
        try (LocalNodes nodes = new LocalNodes("dash", folder)) {
            Report made = nodes.executor.execute(run(mark, "touch \"$MARK\""), false);
            List<Owned> both = new ArrayList<>(owned(made));
            both.addAll(owned(nodes.execute(LocalNodes.apply(stuck))));
            Report failed = nodes.executor.execute(undo(both), false);
            assertThat(failed.log()).isEqualTo("removed\nit stays\n");
            assertThat(((Report.NotDone) failed).failure())
                    .returns(Optional.of(4), Failure::exitCode)
                    .returns(List.of("it stays"), Failure::lastOutput);
        }
    }

    @Test
    void whatAScriptDidUntilItWasStoppedIsRemovedToo() throws Exception {
        Path mark = folder.resolve("mark");
        try (LocalNodes nodes = new LocalNodes("dash", folder)) {
            Work hangs = run(mark, "touch \"$MARK\"; sleep 976; true");
            nodes.executor.execute(undo(owned(stoppedOnceThereIs(mark, nodes, hangs))), false);
            assertThat(mark).doesNotExist();
        }
    }

    @Test
    void whatWasBroughtAboutBeforeAStopIsTakenBackToo() throws Exception {
        Path begun = folder.resolve("begun");
        Path file = folder.resolve("page");
        Resource hangs =
                Resource.of(
                        ResourceKind.COMMAND,
                        Map.of(
                                "name", Value.text("hangs"),
                                "run", Value.text("touch '" + begun + "'; sleep 977; true"),
                                "check", Value.text("false")));
        try (LocalNodes nodes = new LocalNodes("dash", folder)) {
            Work work = LocalNodes.apply(PathResourceTest.text(file, "x"), hangs);
            Report.Stopped stopped = stoppedOnceThereIs(begun, nodes, work);
            assertThat(file).exists();
            nodes.executor.execute(undo(owned(stopped)), false);
            assertThat(file).doesNotExist();
        }
    }

    private static Report.Stopped stoppedOnceThereIs(Path mark, LocalNodes nodes, Work work)
            throws Exception {
        CompletableFuture<Report> report = new CompletableFuture<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> report.complete(nodes.executor.execute(work, false)));
        await().until(() -> Files.exists(mark));
        caller.interrupt();
        return (Report.Stopped) report.get(20, TimeUnit.SECONDS);
    }

    private static List<Owned> owned(Report report) {
        return switch (report) {
            case Report.Done done -> done.owned();
            case Report.NotDone failed -> failed.owned();
            case Report.Stopped stopped -> stopped.owned();
        };
    }

    private static Work.Run run(Path mark, String text) {
        return new Work.Run(
                LocalNodes.KEY,
                LocalNodes.intent(),
                "here",
                new StepSpec.Script("make.sh", text),
                Optional.empty(),
                Optional.of(new StepSpec.Script("unmake.sh", "rm \"$MARK\"\necho removed")),
                new LinkedHashMap<>(Map.of("mark", Value.text(mark.toString()))),
                new LinkedHashMap<>(),
                Duration.ofSeconds(30),
                StepSpec.OnDisconnect.KILL);
    }

    private static Work.Undo undo(List<Owned> owned) {
        return new Work.Undo(
                LocalNodes.KEY,
                LocalNodes.intent(),
                Optional.of("here"),
                owned,
                Duration.ofSeconds(30));
    }
}
