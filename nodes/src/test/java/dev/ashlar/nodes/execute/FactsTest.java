package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// What a node says of itself, whatever shell it has.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class FactsTest {
    private static final InstanceKey FACTS = InstanceKey.facts("here");

    private final LocalNodes nodes;

    FactsTest(String shell, @TempDir Path folder) throws IOException {
        nodes = new LocalNodes(shell, Files.createDirectory(folder.resolve("node")));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private static Work.Gather gather(boolean isVolatile) {
        return new Work.Gather(
                FACTS, LocalNodes.intent(), "here", Fact.all(isVolatile), Duration.ofSeconds(30));
    }

    private SequencedMap<String, Value> gathered(boolean isVolatile) {
        Report report = nodes.execute(gather(isVolatile));
        assertThat(report).isInstanceOf(Report.Done.class);
        Report.Done done = (Report.Done) report;
        assertThat(done.changed()).isEmpty();
        assertThat(done.owned()).isEmpty();
        return done.outputs();
    }

    private static Data data(Map<String, Value> found, Fact fact) {
        return Objects.requireNonNull(found.get(fact.word()), fact.word()).data();
    }

    @Test
    void tellsWhatThisMachineIs() throws IOException {
        SequencedMap<String, Value> found = gathered(false);

        assertThat(found.keySet())
                .containsExactlyElementsOf(Fact.all(false).stream().map(Fact::word).toList());
        String release = Files.readString(Path.of("/etc/os-release"));
        assertThat(data(found, Fact.OS_ID))
                .isInstanceOfSatisfying(
                        Data.Text.class,
                        id -> assertThat(release).containsPattern("(?m)^ID=\"?" + id.text()));
        assertThat(data(found, Fact.OS_FAMILY))
                .isInstanceOfSatisfying(
                        Data.Text.class,
                        family ->
                                assertThat(Fact.OS_FAMILY.doc().split("[ ,]+"))
                                        .contains(family.text()));
        assertThat(data(found, Fact.OS_KERNEL))
                .isEqualTo(
                        new Data.Text(
                                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip()));
        assertThat(data(found, Fact.HOST_NAME))
                .isEqualTo(
                        new Data.Text(
                                Files.readString(Path.of("/proc/sys/kernel/hostname")).strip()));
        assertThat(List.of("amd64", "arm64"))
                .map(Data.Text::new)
                .contains((Data.Text) data(found, Fact.CPU_ARCHITECTURE));
        assertThat(data(found, Fact.CPU_COUNT))
                .isEqualTo(new Data.Int(Runtime.getRuntime().availableProcessors()));
        assertThat(number(found, Fact.MEMORY_MEGABYTES)).isPositive();
    }

    private static long number(Map<String, Value> found, Fact fact) {
        return data(found, fact) instanceof Data.Int(long number) ? number : -1;
    }

    @Test
    void tellsWhatIsFree() {
        SequencedMap<String, Value> found = gathered(true);

        assertThat(number(found, Fact.DISK_ROOT_FREE_MEGABYTES)).isNotNegative();
        assertThat(number(found, Fact.MEMORY_FREE_MEGABYTES))
                .isBetween(1L, number(gathered(false), Fact.MEMORY_MEGABYTES));
    }

    @Test
    void aLookFindsWhatIsOtherThanOnRecord() {
        SequencedMap<String, Value> known = new LinkedHashMap<>(gathered(false));
        assertThat(differences(known)).isEmpty();

        known.put(Fact.CPU_COUNT.word(), Value.number(4711));
        assertThat(differences(known))
                .isEqualTo(
                        Map.of(
                                FACTS,
                                List.of(
                                        "cpu.count is "
                                                + Runtime.getRuntime().availableProcessors()
                                                + ", was 4711")));
    }

    private Map<InstanceKey, List<String>> differences(SequencedMap<String, Value> known) {
        var outcome =
                nodes.executor.inspect(
                        "here",
                        new Inspection(
                                List.of(),
                                new LinkedHashMap<>(),
                                List.of(new Inspection.Known(gather(false), known)),
                                List.of()));
        assertThat(outcome).isInstanceOf(Inspection.Outcome.Seen.class);
        return ((Inspection.Outcome.Seen) outcome).differences();
    }
}
