package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.store.folder.WrittenTexts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextKeeperTest {
    private static final InstanceKey KEY = InstanceKey.onNode("web", "configure", "n-1");
    private static final Report DONE = Report.Done.nothing();

    @TempDir private Path folder = Path.of("");

    @Test
    void whatWasWrittenIsKeptAndItsReportHandedOn() {
        assertThat(written(Value.text("port=80\n"), DONE)).isSameAs(DONE);

        assertThat(kept("port=80\n")).contains("port=80\n");
    }

    @Test
    void aSecretIsNotKept() {
        Label secret = Label.SECRET;

        written(Value.text("token=x\n").labelled(secret), DONE);

        assertThat(kept("token=x\n")).isEmpty();
    }

    @Test
    void whatFailedOrWasStoppedIsNotKept() {
        Failure failure = Failure.lasting("disk-full", Failure.Fault.NODE, "no space left");

        written(Value.text("port=80\n"), new Report.NotDone(failure, List.of(), ""));
        written(Value.text("port=80\n"), new Report.Stopped(""));

        assertThat(kept("port=80\n")).isEmpty();
    }

    @Test
    void whatNoSuccessOnRecordOwnsIsForgottenAndTheRestStays() {
        WrittenTexts texts = new WrittenTexts(folder);
        texts.keep("port=80\n".getBytes(StandardCharsets.UTF_8));
        texts.keep("port=79\n".getBytes(StandardCharsets.UTF_8));
        Past past = new Past();
        past.apply(succeeded(file(Sha256.hex("port=80\n"))));

        keeper(past, DONE);

        assertThat(kept("port=80\n")).contains("port=80\n");
        assertThat(kept("port=79\n")).isEmpty();
    }

    private Report written(Value content, Report report) {
        Resource file =
                Resource.of(
                        ResourceKind.FILE,
                        Map.of("path", Value.text("/etc/x"), "content", content));
        Work work =
                new Work.Apply(
                        KEY,
                        "1/1",
                        "n-1",
                        List.of(file),
                        Duration.ofMinutes(1),
                        StepSpec.OnDisconnect.KILL);
        return keeper(new Past(), report).execute(work, false);
    }

    private TextKeeper keeper(Past past, Report report) {
        return new TextKeeper((_, _) -> report, new WrittenTexts(folder), past);
    }

    private Optional<String> kept(String text) {
        return new WrittenTexts(folder).find(Sha256.hex(text));
    }

    private static JournalRecord succeeded(Owned owned) {
        return new JournalRecord.Succeeded(
                1,
                KEY,
                "1/1",
                JournalRecord.Effect.DO,
                "f",
                List.of(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                List.of(owned),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new LinkedHashMap<>(),
                0);
    }

    private static Owned file(String digest) {
        return Owned.of("file", "/etc/x", false, Map.of("sha256", digest));
    }
}
