package dev.ashlar.app.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.plan.Rewritten;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import dev.ashlar.store.folder.WrittenTexts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChangeTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void whatChangesIsShownWithThreeLinesAroundIt() {
        String before = "a\nb\nc\nd\nport=80\ne\nf\ng\nh\n";

        FileChange change = change(before, Value.text(before.replace("80", "81")));

        assertThat(change.unshown()).isEmpty();
        assertThat(change.diff())
                .containsExactly(
                        "--- /etc/x",
                        "+++ /etc/x",
                        "@@ -2,7 +2,7 @@",
                        " b",
                        " c",
                        " d",
                        "-port=80",
                        "+port=81",
                        " e",
                        " f",
                        " g");
    }

    @Test
    void aMissingLineEndIsAChangeThatCanBeSeen() {
        assertThat(change("a\n", Value.text("a")).diff())
                .endsWith("-a", "+a", "\\ No newline at end of file");
    }

    @Test
    void aFileThatWasEmptyGetsItsLines() {
        assertThat(change("", Value.text("a\n")).diff()).endsWith("+a");
    }

    @Test
    void aSecretIsNotShownWhateverIsKnownOfIt() {
        Value secret = Value.text("port=81\n").labelled(Label.SECRET);

        FileChange change = change("port=80\n", secret);

        assertThat(change.diff()).isEmpty();
        assertThat(change.unshown()).contains("a secret, which is not shown");
    }

    @Test
    void whatIsNotKnownYetSaysAfterWhatItIs() {
        Await made = new Await.Success(InstanceKey.acquire("n-1"));
        Value unknown = Value.unknown(Type.Scalar.TEXT, made);

        assertThat(change("port=80\n", unknown).unshown()).contains("known after node.acquire@n-1");
    }

    @Test
    void whatWasNotKeptIsNotCompared() {
        Rewritten file = new Rewritten("/etc/x", Sha256.hex("older"), Value.text("newer"));

        assertThat(FileChange.of(file, Optional.of(new WrittenTexts(folder))).unshown())
                .contains("not compared: what was written last is not kept here");
        assertThat(FileChange.of(file, Optional.empty()).diff()).isEmpty();
    }

    @Test
    void whatIsVeryLongIsNotCompared() {
        assertThat(change("a\n", Value.text("a\n".repeat(FileChange.LINES_MAX + 1))).unshown())
                .contains("not compared: more than 1000 lines");
    }

    private FileChange change(String before, Value now) {
        WrittenTexts texts = new WrittenTexts(folder);
        texts.keep(before.getBytes(StandardCharsets.UTF_8));
        return FileChange.of(new Rewritten("/etc/x", Sha256.hex(before), now), Optional.of(texts));
    }
}
