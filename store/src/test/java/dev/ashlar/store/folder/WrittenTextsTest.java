package dev.ashlar.store.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenTextsTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void aTextIsFoundByItsDigestAndOnlyWhatIsRetainedStays() {
        WrittenTexts texts = WrittenTexts.of(StateFolder.open(folder));
        texts.keep(bytes("grün\n"));
        texts.keep(bytes("grün\n"));
        texts.keep(bytes("rot\n"));

        texts.retain(Set.of(Sha256.hex("grün\n")));

        assertThat(texts.find(Sha256.hex("grün\n"))).contains("grün\n");
        assertThat(texts.find(Sha256.hex("rot\n"))).isEmpty();
    }

    @Test
    void nobodyElseCanReadWhatIsKept() throws IOException {
        WrittenTexts texts = WrittenTexts.of(StateFolder.open(folder));
        texts.keep(bytes("grün\n"));

        Path kept = texts.folder().resolve(Sha256.hex("grün\n"));
        assertThat(Files.getPosixFilePermissions(kept).toString())
                .doesNotContain("GROUP", "OTHERS");
    }

    @Test
    void whatIsNoTextOrTooLongIsNotKept() {
        WrittenTexts texts = new WrittenTexts(folder.resolve("texts"));
        byte[] binary = {(byte) 0xff, 0, 1};
        byte[] much = bytes("a".repeat(WrittenTexts.BYTES_MAX + 1));

        texts.keep(binary);
        texts.keep(much);

        assertThat(texts.find(Sha256.hex(binary))).isEmpty();
        assertThat(texts.find(Sha256.hex(much))).isEmpty();
        assertThat(texts.folder()).doesNotExist();
    }

    @Test
    void whatWasDamagedIsNotThere() throws IOException {
        WrittenTexts texts = new WrittenTexts(folder);
        texts.keep(bytes("grün\n"));
        Files.writeString(folder.resolve(Sha256.hex("grün\n")), "blau\n");

        assertThat(texts.find(Sha256.hex("grün\n"))).isEmpty();
        assertThat(texts.find("../lineage")).isEmpty();
    }

    @Test
    void whatWasDamagedIsThereAgainOnceItIsWrittenAnew() throws IOException {
        WrittenTexts texts = new WrittenTexts(folder);
        Files.writeString(folder.resolve(Sha256.hex("grün\n")), "");

        texts.keep(bytes("grün\n"));

        assertThat(texts.find(Sha256.hex("grün\n"))).contains("grün\n");
    }

    @Test
    void aFolderThatCannotBeWrittenCostsNothingElse() throws IOException {
        WrittenTexts texts =
                new WrittenTexts(Files.writeString(folder.resolve("texts"), "in the way"));

        texts.keep(bytes("grün\n"));

        assertThat(texts.find(Sha256.hex("grün\n"))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
