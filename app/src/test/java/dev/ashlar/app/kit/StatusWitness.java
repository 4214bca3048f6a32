package dev.ashlar.app.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Holds what `status` says of members against what an independent probe sees of them.
///
/// @param status the command line, as JSON
/// @param step whose health is told: `kv.run`
/// @param unit the unit that serves
/// @param serves the probe, by the name of a machine
public record StatusWitness(
        Sandbox sandbox, List<String> status, String step, String unit, Predicate<String> serves) {

    /// Fails unless they agree while all serve, and while one of them does not.
    public void expectAgreement(List<String> nodes) {
        assertThat(told()).isEqualTo(seen(nodes)).doesNotContainValue(false);
        Machine last = sandbox.machine(nodes.getLast());
        // It is to be gone, not to end well: what is asked while it goes may keep it for long.
        last.run("systemctl kill --signal=KILL " + unit + "; systemctl stop " + unit);
        await("the others serve on")
                .atMost(Sandbox.BOUND)
                .until(() -> nodes.stream().limit(nodes.size() - 1L).allMatch(serves));
        assertThat(told())
                .isEqualTo(seen(nodes))
                .containsEntry(nodes.getLast(), false)
                .containsEntry(nodes.getFirst(), true);
        last.run("systemctl start " + unit);
        await(unit + " serves again")
                .atMost(Sandbox.BOUND)
                .until(() -> serves.test(nodes.getLast()));
        assertThat(told()).isEqualTo(seen(nodes)).doesNotContainValue(false);
    }

    private Map<String, Boolean> told() {
        Map<String, Boolean> told = new TreeMap<>();
        JsonNode all = Sandbox.document(sandbox.run(status.toArray(String[]::new)));
        for (JsonNode one : all.path("instances")) {
            String instance = one.path("instance").asString();
            if (instance.startsWith(step + "@")) {
                told.put(instance.substring(step.length() + 1), one.path("healthy").asBoolean());
            }
        }
        return told;
    }

    private Map<String, Boolean> seen(List<String> nodes) {
        Map<String, Boolean> seen = new TreeMap<>();
        nodes.forEach(node -> seen.put(node, serves.test(node)));
        return seen;
    }
}
