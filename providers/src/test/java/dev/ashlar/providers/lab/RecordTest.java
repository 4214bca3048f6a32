package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTest {
    @TempDir Path folder;

    @Test
    void machineReadsBackFromDisk() throws Exception {
        MachineRecord machine = new MachineRecord(12, "bookworm-1", Optional.of(64));
        Path file = folder.resolve("record");

        KeyValueFile.write(file, machine.entries());

        assertThat(MachineRecord.of(KeyValueFile.read(file))).contains(machine);
    }

    @Test
    void machineWithoutADiskSizeReadsBack() {
        MachineRecord machine = new MachineRecord(12, "bookworm-1", Optional.empty());

        assertThat(MachineRecord.of(machine.entries())).contains(machine);
    }

    @Test
    void missingOrForeignContentIsNoMachine() throws Exception {
        assertThat(MachineRecord.of(KeyValueFile.read(folder.resolve("none")))).isEmpty();
        assertThat(MachineRecord.of(KeyValueFile.parse("number=x\nbase=b\n"))).isEmpty();
        assertThat(MachineRecord.of(KeyValueFile.parse("\0\0\0"))).isEmpty();
    }

    @Test
    void replacingLeavesNothingButTheFile() throws Exception {
        Path file = folder.resolve("record");
        SequencedMap<String, String> entries = new LinkedHashMap<>(Map.of("a", "b=c"));
        KeyValueFile.write(file, new LinkedHashMap<>(Map.of("old", "1")));

        KeyValueFile.write(file, entries);

        assertThat(KeyValueFile.read(file)).isEqualTo(entries);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void readsMountPointsWithSpaces() {
        List<Path> points =
                Mounts.parse(
                        """
                        22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
                        90 22 0:50 / /tmp/my\\040lab/root rw - overlay overlay rw
                        """);

        assertThat(points).containsExactly(Path.of("/"), Path.of("/tmp/my lab/root"));
    }
}
