package dev.ashlar.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentFileTest {
    @TempDir private Path folder = Path.of("");

    /// Whoever kept others from reading the old document keeps them from reading the new one.
    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rw-rw-rw-", "rwxr-x---"})
    void theNewFileHasTheOldOnesRights(String rights) throws IOException {
        Path file = Files.writeString(folder.resolve("d.json"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        DocumentFile.at(file).write("new");
        assertThat(rights(file)).isEqualTo(rights);
        assertThat(file).hasContent("new\n");
        assertThat(folder.toFile().list()).containsExactly("d.json");
    }

    @Test
    void aFileThatWasNotThereHasTheRightsOfAnyNewFile() throws IOException {
        Path any = Files.createFile(folder.resolve("any"));
        Path file = folder.resolve("d.json");
        DocumentFile.at(file).write("new");
        assertThat(rights(file)).isEqualTo(rights(any));
    }

    /// As it was written, to the last byte, where a link leads.
    @Test
    void aTextIsWrittenDurablyToWhereALinkLeadsAndNothingStaysBesideIt() throws IOException {
        Path file = Files.writeString(folder.resolve("cluster.yaml"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
        DocumentFile.at(link).writeDurably("new: é\r\n# no end");
        assertThat(Files.readString(file)).isEqualTo("new: é\r\n# no end");
        assertThat(rights(file)).isEqualTo("rw-r-----");
        assertThat(link).isSymbolicLink();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("cluster.yaml", "link.yaml");
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
