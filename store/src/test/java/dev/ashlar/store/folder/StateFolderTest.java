package dev.ashlar.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir Path cluster;

    @Test
    void onlyItsOwnerCanEnter() throws IOException {
        Path path = StateFolder.open(cluster).path();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
    }

    @Test
    void isNoPartOfARepository() throws IOException {
        assertThat(StateFolder.open(cluster).path().resolve(".gitignore")).hasContent("*");
    }

    @Test
    void keepsItsLineage() {
        StateFolder first = StateFolder.open(cluster);
        assertThat(StateFolder.open(cluster)).isEqualTo(first);
        assertThat(StateFolder.find(cluster)).contains(first);
    }

    @Test
    void lookingMakesNothing() {
        assertThat(StateFolder.find(cluster)).isEmpty();
        assertThat(cluster).isEmptyDirectory();
    }

    @Test
    void makersAtOnceAgreeOnOneLineageAndLeaveNothingElse() throws Exception {
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> makers =
                    Stream.generate(() ->
                                    (Callable<String>) () -> StateFolder.open(cluster).lineage())
                            .limit(32)
                            .toList();
            List<String> lineages =
                    many.invokeAll(makers).stream().map(Future::resultNow).distinct().toList();
            assertThat(lineages).hasSize(1);
        }
        try (Stream<Path> files = Files.list(cluster)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aStateWithoutItsLineageIsDamaged() throws IOException {
        StateFolder folder = StateFolder.open(cluster);
        Files.createFile(folder.database());
        Files.delete(folder.path().resolve("lineage"));
        assertThatThrownBy(() -> StateFolder.open(cluster))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("lineage")
                .hasMessageContaining("backup");
    }
}
