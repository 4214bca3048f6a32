package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSettingsTest {
    @TempDir Path folder;
    private Path forward;
    private Path instances;
    private HostSettings settings;

    @BeforeEach
    void write() throws IOException {
        forward = Files.writeString(folder.resolve("forward"), "0\n");
        instances = Files.writeString(folder.resolve("instances"), "128\n");
        Path boot = Files.writeString(folder.resolve("boot"), "first\n");
        settings =
                new HostSettings(
                        folder.resolve("record"), boot, Map.of(forward, 1, instances, 8192));
    }

    @Test
    void raisesWhatIsTooLowAndPutsItBack() throws Exception {
        settings.raise();

        assertThat(forward).hasContent("1");
        assertThat(instances).hasContent("8192");
        settings.restore();
        assertThat(forward).hasContent("0");
        assertThat(instances).hasContent("128");
        assertThat(folder.resolve("record")).doesNotExist();
    }

    @Test
    void secondLabDoesNotTakeTheRaisedValueForTheHosts() throws Exception {
        settings.raise();
        settings.raise();

        settings.restore();

        assertThat(instances).hasContent("128");
    }

    @Test
    void leavesAloneWhatIsHighEnough() throws Exception {
        Files.writeString(instances, "65536");

        settings.raise();
        settings.restore();

        assertThat(instances).hasContent("65536");
    }

    @Test
    void leavesAloneWhatSomeoneElseChangedMeanwhile() throws Exception {
        settings.raise();
        Files.writeString(instances, "9999");

        settings.restore();

        assertThat(instances).hasContent("9999");
    }

    @Test
    void formerValuesOfAnEarlierBootMeanNothing() throws Exception {
        settings.raise();
        Files.writeString(folder.resolve("boot"), "second");
        Files.writeString(forward, "1");

        settings.restore();

        assertThat(forward).hasContent("1");
    }
}
