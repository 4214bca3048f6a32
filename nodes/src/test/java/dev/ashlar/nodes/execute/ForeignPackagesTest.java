package dev.ashlar.nodes.execute;

import static dev.ashlar.nodes.execute.LabNode.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.ShellText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Package managers other than Debian's, as Debian packages them, on one real machine on which the
/// others are hidden in turn. The packages and their sources are made there by `foreign.sh`.
@Tag("lab")
@Timeout(180)
class ForeignPackagesTest {
    private static final String FOREIGN = ShellText.packed(ForeignPackagesTest.class, "foreign.sh");
    private static final Duration LONG = Duration.ofMinutes(2);

    /// Half of it is how long a lock is waited for.
    private static final Duration SHORT = Duration.ofSeconds(8);

    @SuppressWarnings("NullAway.Init") // JUnit sets it up before every test.
    private static LabNode node;

    @BeforeAll
    static void up(@TempDir Path folder) {
        node = new LabNode(folder, settings -> settings);
        foreign("prepare");
    }

    @AfterAll
    static void down() {
        node.close();
    }

    private static String foreign(String what) {
        return node.done(LocalNodes.script(FOREIGN + what + "\n", LONG)).log().strip();
    }

    private static Work.Apply step(Duration timeout, Resource... resources) {
        return new Work.Apply(
                LocalNodes.KEY,
                LocalNodes.intent(),
                LabNode.NAME,
                List.of(resources),
                timeout,
                StepSpec.OnDisconnect.FINISH);
    }

    private static Resource wanted(String name, String version) {
        return resource(ResourceKind.PACKAGE, "name", name, "version", version);
    }

    private static Report.Done done(Resource resource) {
        return node.done(step(LONG, resource));
    }

    private static Failure failure(Duration timeout, Resource resource) {
        Report report = node.execute(step(timeout, resource));
        assertThat(report).isInstanceOf(Report.NotDone.class);
        return ((Report.NotDone) report).failure();
    }

    private static List<String> differences(Resource resource) {
        return LocalNodes.differences(node.executor, LabNode.NAME, resource);
    }

    private static String daemon(String property) {
        return node.says("systemctl show -p " + property + " --value daemon");
    }

    private static String enabled() {
        return node.says(
                "systemctl is-enabled daemon; ls /etc/systemd/system/*.wants | grep daemon; true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf", "zypper", "pacman"})
    void packageComesInAVersionChangesItAndGoesWithWhatItBrought(String manager) {
        foreign("publish 1.0; only " + manager);
        String before = foreign("rm -f /opt/scripts; installed");
        assertThat(before).contains("base").doesNotContain("needed", "daemon");
        Resource one = wanted("daemon", "1.0-1");
        assertThat(differences(one)).containsExactly("package daemon: not installed");
        Report.Done came = done(one);
        assertThat(came.changed()).containsExactly("package daemon: installed");
        assertThat(node.says("cat /opt/daemon-version")).isEqualTo("1.0");
        assertThat(foreign("installed")).contains("needed", "daemon");
        for (String same : List.of("1.0-1", "1.0", "")) {
            assertThat(differences(wanted("daemon", same))).as(same).isEmpty();
            assertThat(done(wanted("daemon", same)).changed()).as(same).isEmpty();
        }
        // Its script ran, and neither started the unit nor left it enabled.
        assertThat(node.says("cat /opt/scripts")).endsWith("-post");
        assertThat(daemon("ActiveState")).isEqualTo("inactive");
        assertThat(enabled()).isEqualTo("disabled");

        node.says("systemctl start daemon; systemctl -q enable systemd-networkd.service");
        String process = daemon("MainPID");
        // The lists that the node fetched do not know of it yet.
        foreign("publish 2.0");
        Resource two = wanted("daemon", "2.0-1");
        assertThat(differences(two)).containsExactly("package daemon: version 1.0-1, not 2.0-1");
        assertThat(done(two).changed()).containsExactly("package daemon: version 2.0-1, was 1.0-1");
        assertThat(node.says("cat /opt/daemon-version")).isEqualTo("2.0");
        assertThat(done(two).changed()).isEmpty();
        assertThat(daemon("MainPID")).isEqualTo(process);
        assertThat(enabled()).isEqualTo("disabled");
        assertThat(
                        node.says(
                                "systemctl is-enabled systemd-networkd; systemctl -q disable systemd-networkd"))
                .as("what others enabled meanwhile")
                .isEqualTo("enabled");

        foreign("publish 1.0; forget");
        assertThat(done(one).changed()).containsExactly("package daemon: version 1.0-1, was 2.0-1");
        assertThat(node.says("cat /opt/daemon-version")).isEqualTo("1.0");

        node.done(LocalNodes.undo(came));
        assertThat(foreign("installed")).isEqualTo(before);
        assertThat(node.says("test -e /opt/daemon-version || echo gone")).isEqualTo("gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf", "zypper", "pacman"})
    void whatWasThereBeforeStays(String manager) {
        foreign("publish 1.0; only " + manager);
        String before = foreign("installed");
        node.done(LocalNodes.undo(done(wanted("base", "1"))));
        assertThat(foreign("installed")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf", "zypper", "pacman"})
    void whatThereIsNotAndWhatCannotBeFetchedAreToldApart(String manager) {
        foreign("publish 1.0; only " + manager);
        for (Resource unknown : List.of(wanted("no-such-thing", ""), wanted("daemon", "9.9-1"))) {
            Failure failure = failure(LONG, unknown);
            assertThat(failure.kind()).isEqualTo("no-package");
            assertThat(failure.message()).contains(unknown.text("name"));
            assertThat(failure.lasting()).isTrue();
            assertThat(failure.fault()).isEqualTo(Fault.USER);
        }
        foreign("away");
        Failure away = failure(LONG, wanted("daemon", "1.0-1"));
        foreign("back");
        assertThat(away.kind()).as(away.toString()).isEqualTo("download");
        assertThat(away.lasting()).isFalse();
        assertThat(away.fault()).isEqualTo(Fault.SITE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf", "zypper", "pacman"})
    void anothersLockIsNamedAndOneThatNobodyHoldsIsNone(String manager) {
        foreign("publish 1.0; only " + manager + "; lock " + manager);
        Failure locked = failure(SHORT, wanted("daemon", ""));
        foreign("unlock");
        assertThat(locked.kind()).as(locked.toString()).isEqualTo(manager + "-lock");
        assertThat(locked.message()).containsPattern("lock");
        assertThat(locked.lasting()).isFalse();
        assertThat(locked.fault()).isEqualTo(Fault.NODE);
        // The lock's file is still there.
        node.done(LocalNodes.undo(done(wanted("daemon", ""))));
    }

    @Test
    void theFirstProfileWhoseProgramIsThereDecides() {
        String[] managers = {"apt-get", "dnf", "zypper", "pacman"};
        for (int first = 0; first < managers.length; first++) {
            foreign("only " + String.join(" ", List.of(managers).subList(first, managers.length)));
            Failure failure = failure(LONG, wanted("no-such-thing", ""));
            assertThat(failure.command().orElseThrow())
                    .isEqualTo(managers[first].replace("-get", "") + ": install no-such-thing");
        }
        foreign("only");
        assertThat(failure(LONG, wanted("daemon", "")).kind()).isEqualTo("no-package-manager");
    }
}
