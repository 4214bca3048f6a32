package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider.Acquired;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Labs as wholes: beside each other, through the death of their drivers, and after their end.
@Tag("lab")
class LabLifeTest {

    @Test
    void twoLabsLiveSideBySideAndEndAlone() {
        try (LabFixture one = new LabFixture();
                LabFixture other = new LabFixture()) {
            NodeAccess first = one.up("same");
            NodeAccess second = other.up("same");

            assertThat(first.address()).isNotEqualTo(second.address());
            assertThat(first.hostKeys()).isNotEqualTo(second.hostKeys());
            assertThat(one.lab.down()).isEmpty();
            assertThat(other.ssh("same", "apt-get update").exitCode()).isZero();
        }
    }

    @Test
    void lastMachineTakesAllOfTheLabWithIt() {
        LabFixture fixture = new LabFixture();
        try (fixture) {
            fixture.up("a");
            fixture.up("b");
            assertThat(fixture.lab.leftovers())
                    .extracting(Leftover::kind)
                    .contains("process", "namespace", "interface", "mount", "cgroup", "rule");
            assertThat(fixture.lab.down("a")).isEmpty();
            assertThat(fixture.listed()).extracting(LabMachine::name).containsExactly("b");
            assertThat(fixture.lab.down("b")).isEmpty();
            assertThat(fixture.lab.leftovers()).as("the last machine takes all with it").isEmpty();
        }
    }

    @Test
    void downFindsWhatNoRecordNames() throws Exception {
        try (LabFixture fixture = new LabFixture()) {
            fixture.up("lost");
            Path record =
                    new LabFolder(fixture.folder().resolve(fixture.names().folder()))
                            .machine("lost")
                            .resolve("record");
            java.nio.file.Files.delete(record);

            assertThat(fixture.listed()).isEmpty();
            assertThat(fixture.lab.down()).isEmpty();
        }
    }

    @Test
    void machineOutlivesTheProcessThatStartedIt() throws Exception {
        try (LabFixture fixture = new LabFixture()) {
            Process driver = drive(fixture, "up", "a");
            assertThat(driver.waitFor(120, TimeUnit.SECONDS)).isTrue();

            assertThat(fixture.listed("a").state()).isEqualTo(LabMachine.State.RUNNING);
            assertThat(fixture.ssh("a", "true")).isEqualTo(new HostView.Result(0, ""));
        }
    }

    @Test
    void upFinishesWhatAKilledUpBegan() throws Exception {
        LabFixture fixture = new LabFixture();
        try (fixture) {
            fixture.lab.prepare(_ -> {});
            for (long millis = 20; millis <= 900; millis += 80) {
                Process driver = drive(fixture, "up", "a", "b");
                driver.waitFor(millis, TimeUnit.MILLISECONDS);
                driver.destroyForcibly().waitFor();

                List<Acquired> outcomes = fixture.lab.up(List.of("a", "b"), _ -> {});

                assertThat(outcomes)
                        .as("killed after %d ms", millis)
                        .allMatch(Acquired.Ready.class::isInstance);
                assertThat(fixture.ssh("a", "true")).isEqualTo(new HostView.Result(0, ""));
                assertThat(fixture.ssh("b", "hostname").output()).isEqualTo("b\n");
                assertThat(fixture.lab.down()).as("killed after %d ms", millis).isEmpty();
            }
        }
    }

    @Test
    void downFinishesWhatAKilledWipeOrDownBegan() throws Exception {
        try (LabFixture fixture = new LabFixture()) {
            for (long millis = 100; millis <= 400; millis += 60) {
                for (String verb : List.of("wipe", "down")) {
                    fixture.up("a");
                    Process driver = drive(fixture, verb, "a");
                    driver.waitFor(millis, TimeUnit.MILLISECONDS);
                    driver.destroyForcibly().waitFor();

                    fixture.up("a");
                    assertThat(fixture.ssh("a", "true"))
                            .as("%s killed after %d ms", verb, millis)
                            .isEqualTo(new HostView.Result(0, ""));
                }
                assertThat(fixture.lab.down()).isEmpty();
            }
        }
    }

    /// The caller's lock is gone with it, its command is not: here one that takes its time.
    @Test
    void upWaitsForWhatAKilledDownStillDoesToTheBridge() throws Exception {
        try (LabFixture fixture = new LabFixture()) {
            fixture.up("a");
            assertThat(fixture.lab.powerOff("a")).isEmpty();
            String bridge = fixture.names().bridge();
            ProcessBuilder orphan =
                    new ProcessBuilder("sh", "-c", "sleep 1; ip link delete \"$1\"", "sh", bridge);
            orphan.environment().put(Command.MARK, "yes");
            Process deletion = orphan.start();

            fixture.up("a");

            assertThat(deletion.waitFor()).as("it deleted the bridge").isZero();
            assertThat(fixture.ssh("a", "true")).isEqualTo(new HostView.Result(0, ""));
        }
    }

    @Test
    void machinesThatBootTogetherDoNotWaitForOneAnother() {
        try (LabFixture fixture = new LabFixture()) {
            fixture.lab.prepare(_ -> {});
            List<String> eight = List.of("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8");

            assertThat(fixture.lab.up(eight, _ -> {})).allMatch(Acquired.Ready.class::isInstance);

            assertThat(fixture.listed())
                    .hasSize(8)
                    .allMatch(machine -> machine.state() == LabMachine.State.RUNNING);
        }
    }

    private static Process drive(LabFixture fixture, String verb, String... machines)
            throws IOException {
        List<String> words =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LabProcess.class.getName(),
                                fixture.folder().toString(),
                                fixture.name,
                                verb));
        words.addAll(List.of(machines));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }
}
