package dev.ashlar.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargePlanTest {
    @Test
    void whatIsLargerThanAnyPlanIsNotRead(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("plan.json");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(100 << 20);
        }
        assertThat(SavedPlan.read(path))
                .isInstanceOfSatisfying(
                        SavedPlan.Read.Bad.class,
                        bad ->
                                assertThat(bad.toString())
                                        .contains(
                                                "it has more than 16384 KiB, which is the most that is read"));
    }
}
