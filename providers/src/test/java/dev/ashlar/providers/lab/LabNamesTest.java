package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabNamesTest {
    private static final Path FOLDER = Path.of("/somewhere");

    @Test
    void interfaceNamesFitTheKernelsFifteenCharacters() {
        LabNames names = LabNames.of("a lab with a rather long name", FOLDER);

        assertThat(names.hostInterface("m".repeat(50))).hasSizeLessThanOrEqualTo(15);
        assertThat(names.bridge()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void containerNameFitsAHostName() {
        assertThat(LabNames.of("lab", FOLDER).namespace("m".repeat(50)))
                .hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void sameLabHasTheSameNamesInEveryProcess() {
        assertThat(LabNames.of("lab", FOLDER))
                .isEqualTo(LabNames.of("lab", Path.of("/x/../somewhere")));
    }

    @Test
    void labsOfOneNameInTwoFoldersDoNotMeet() {
        LabNames one = LabNames.of("lab", FOLDER);
        LabNames other = LabNames.of("lab", Path.of("/elsewhere"));

        assertThat(one.bridge()).isNotEqualTo(other.bridge());
        assertThat(one.hostInterface("a")).isNotEqualTo(other.hostInterface("a"));
        assertThat(one.cgroup()).isNotEqualTo(other.cgroup());
    }

    @Test
    void machinesOfOneLabHaveDifferentCables() {
        LabNames names = LabNames.of("lab", FOLDER);

        assertThat(names.hostInterface("a")).isNotEqualTo(names.hostInterface("b"));
    }

    @Test
    void folderIsReadableAndSafe() {
        assertThat(LabNames.of("../My lab: 1,2", FOLDER).folder()).matches("[a-z0-9-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "store-1", "x9"})
    void takesHostNames(String name) {
        assertThat(LabNames.isMachine(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a/b", "..", "a b", "a,b", "1a"})
    void refusesWhatIsNoHostName(String name) {
        assertThat(LabNames.isMachine(name)).isFalse();
    }
}
