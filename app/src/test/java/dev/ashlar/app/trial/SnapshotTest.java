package dev.ashlar.app.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/// What counts when a cluster is built a second time, and what does not.
class SnapshotTest {
    private static final InstanceKey MACHINE = InstanceKey.acquire("front-1");
    private static final InstanceKey LOOK = key("look");
    private static final InstanceKey TOKEN = key("token");
    private static final InstanceKey PASS = key("pass");
    private static final InstanceKey CONFIGURE = key("configure");

    private final Map<InstanceKey, Instance> instances = instances();

    @Test
    void aScriptThatPutsOutSomethingElseIsFoundWithBoth() {
        assertThat(differences(past(text(LOOK, "debian")), past(text(LOOK, "fedora"))))
                .containsExactly(
                        "output out of server.look@front-1 was \"debian\" at first and is \"fedora\" now");
    }

    @Test
    void whatAStepWithAProbeMadeOnceForAllMayBeAnother() {
        assertThat(differences(past(text(TOKEN, "one")), past(text(TOKEN, "other")))).isEmpty();
    }

    @Test
    void whatLapsesMayBeAnother() {
        assertThat(differences(past(text(PASS, "one")), past(text(PASS, "other")))).isEmpty();
    }

    @Test
    void theAddressOfAMachineMayBeAnotherAlsoInsideOfOtherValues() {
        Past before = past(address("10.0.0.1"), text(LOOK, "http://10.0.0.1:80/"));
        assertThat(
                        differences(
                                before,
                                past(address("10.0.7.2"), text(LOOK, "http://10.0.7.2:80/"))))
                .isEmpty();
        assertThat(
                        differences(
                                before,
                                past(address("10.0.7.2"), text(LOOK, "http://10.0.0.1:80/"))))
                .hasSize(1);
    }

    @Test
    void whatIsOwnedNowOrThenAloneIsFound() {
        Past wide = past(owning(CONFIGURE, file("/etc/a", "true"), file("/etc/b", "true")));
        Past narrow = past(owning(CONFIGURE, file("/etc/a", "true")));
        assertThat(differences(wide, narrow))
                .containsExactly("server.configure@front-1 owned file /etc/b at first");
        assertThat(differences(narrow, wide))
                .containsExactly("server.configure@front-1 owns file /etc/b now");
    }

    @Test
    void whatWasThereBeforeAtTheSecondTimeAloneIsFound() {
        assertThat(
                        differences(
                                past(owning(CONFIGURE, file("/etc/a", "true"))),
                                past(owning(CONFIGURE, file("/etc/a", "false")))))
                .containsExactly(
                        "server.configure@front-1 owned file /etc/a at first",
                        "server.configure@front-1 owns file /etc/a (there before) now");
    }

    @Test
    void whatStandsNowOrThenAloneIsFound() {
        Past both = past(text(LOOK, "debian"), owning(CONFIGURE));
        Past one = past(text(LOOK, "debian"));
        assertThat(differences(both, one))
                .containsExactly("server.configure@front-1 stood at first and does not now");
        assertThat(differences(one, both))
                .containsExactly("server.configure@front-1 stands now and did not at first");
    }

    private List<String> differences(Past before, Past now) {
        return Snapshot.of(now, instances).differencesFrom(Snapshot.of(before, instances)).stream()
                .map(Finding::what)
                .toList();
    }

    private static InstanceKey key(String step) {
        return InstanceKey.onNode("server", step, "front-1");
    }

    private static Past past(Succeeded... successes) {
        Past past = new Past();
        List.of(successes).forEach(past::apply);
        return past;
    }

    private static Succeeded address(String address) {
        return success(MACHINE, Map.of("address", Value.text(address)), List.of());
    }

    private static Succeeded text(InstanceKey key, String out) {
        return success(key, Map.of("out", Value.text(out)), List.of());
    }

    private static Succeeded owning(InstanceKey key, Owned... owned) {
        return success(key, Map.of(), List.of(owned));
    }

    private static Owned file(String path, String made) {
        return Owned.of("file", path, false, Map.of("made", made));
    }

    private static Succeeded success(
            InstanceKey key, Map<String, Value> outputs, List<Owned> owned) {
        SequencedMap<String, Value> ordered = new LinkedHashMap<>(outputs);
        return new Succeeded(
                1,
                key,
                "intent-" + key,
                Effect.DO,
                "fingerprint",
                List.of(),
                ordered,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                owned,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new LinkedHashMap<>(),
                0);
    }

    private static Map<InstanceKey, Instance> instances() {
        String pack = "/dev/ashlar/app/acceptance/trial/packs/tried";
        URI found =
                URI.create(Objects.requireNonNull(SnapshotTest.class.getResource(pack)).toString());
        return Conditions.wanted(
                        Loader.load(
                                        new LoadRequest(
                                                Path.of(found).resolve("test/sound.yaml"),
                                                Optional.empty(),
                                                new LinkedHashMap<>(),
                                                Host.checkout()))
                                .composition()
                                .orElseThrow(),
                        new Past())
                .instances();
    }
}
