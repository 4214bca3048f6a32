package dev.ashlar.app.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whoever is asked for the same once more has nothing to change, and that alone is judged.
class HandedOutTest {
    private static final InstanceKey STEP = InstanceKey.onNode("web", "configure", "front-1");
    private static final List<String> WRITTEN = List.of("file /etc/a: content replaced");

    private final HandedOut first = new HandedOut();
    private final HandedOut second = new HandedOut();

    @Test
    void whatTheSameChangedOnceMoreIsTold() {
        first.before(saying(WRITTEN)).execute(file("1", "a", ""), false);
        second.before(saying(WRITTEN)).execute(file("2", "a", ""), false);
        assertThat(second.changedSince(first, STEP)).isEqualTo(WRITTEN);
    }

    @Test
    void alsoOfWhatIsHandedOutInCompany() {
        first.before(saying(WRITTEN)).together(List.of(file("1", "a", "")));
        second.before(saying(WRITTEN)).together(List.of(file("2", "a", "")));
        assertThat(second.changedSince(first, STEP)).isEqualTo(WRITTEN);
    }

    @Test
    void alsoOfAFunction() {
        first.before(saying(WRITTEN)).execute(call("1", "a"), false);
        second.before(saying(WRITTEN)).execute(call("2", "a"), false);
        assertThat(second.changedSince(first, STEP)).isEqualTo(WRITTEN);
    }

    @Test
    void whoHasNothingToChangeIsWell() {
        first.before(saying(WRITTEN)).execute(file("1", "a", ""), false);
        second.before(saying(List.of())).execute(file("2", "a", ""), false);
        assertThat(second.changedSince(first, STEP)).isEmpty();
    }

    @Test
    void whoIsAskedForSomethingElseMayChangeIt() {
        first.before(saying(WRITTEN)).execute(file("1", "a", ""), false);
        second.before(saying(WRITTEN)).execute(file("2", "b", ""), false);
        assertThat(second.changedSince(first, STEP)).isEmpty();
    }

    @Test
    void whoIsToRestartForWhatItWatchesMay() {
        first.before(saying(WRITTEN)).execute(file("1", "a", "one"), false);
        second.before(saying(WRITTEN)).execute(file("2", "a", "other"), false);
        assertThat(second.changedSince(first, STEP)).isEmpty();
    }

    @Test
    void aScriptSaysOnlyThatItRan() {
        first.before(saying(WRITTEN)).execute(script("1"), false);
        second.before(saying(WRITTEN)).execute(script("2"), false);
        assertThat(second.changedSince(first, STEP)).isEmpty();
    }

    private static Executor saying(List<String> changed) {
        return (_, _) -> new Report.Done(changed, new LinkedHashMap<>(), List.of(), "");
    }

    private static Work.Apply file(String intent, String content, String trigger) {
        Map<String, Value> parameters =
                Map.of("path", Value.text("/etc/a"), "content", Value.text(content));
        return new Work.Apply(
                STEP,
                intent,
                "front-1",
                List.of(new Resource(ResourceKind.FILE, new TreeMap<>(parameters), trigger)),
                Duration.ofMinutes(1),
                StepSpec.OnDisconnect.KILL);
    }

    private static Work.Call call(String intent, String authority) {
        LinkedHashMap<String, Value> arguments = new LinkedHashMap<>();
        arguments.put("authority", Value.text(authority));
        return new Work.Call(
                STEP,
                intent,
                Optional.of("front-1"),
                "pki/certificate",
                arguments,
                Duration.ofMinutes(1));
    }

    private static Work.Run script(String intent) {
        return new Work.Run(
                STEP,
                intent,
                "front-1",
                new StepSpec.Script("make.sh", "true"),
                Optional.empty(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Duration.ofMinutes(1),
                StepSpec.OnDisconnect.KILL);
    }
}
