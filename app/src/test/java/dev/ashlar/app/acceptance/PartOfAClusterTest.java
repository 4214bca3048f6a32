package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Sandbox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What `--limit`, `--only` and `--skip` mean before anything stands; no machine is made.
class PartOfAClusterTest {
    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void aPlanForAPartCountsWhatItLeavesOut() {
        List<String> lines =
                sandbox.verb("plan", "--limit", "store-1", "--skip", "kv.run").expect(0).outLines();
        assertThat(lines.getFirst()).isEqualTo("Plan: 5 to create, 14 to leave out");
        assertThat(lines.subList(1, lines.size())).noneMatch(line -> line.contains("kv.run"));
        assertThat(lines).contains("  + kv.certificate @ store-1", "  + kv.client");
        List<String> created = new ArrayList<>();
        for (JsonNode one : sandbox.json("plan", "--only", "kv.client").path("instances")) {
            if (one.path("action").asString().equals("create")) {
                created.add(one.path("instance").asString());
            }
        }
        assertThat(created).containsExactly("kv.client");
    }

    @Test
    void everyNameInASelectionIsThere() {
        String[] wrong = {"--limit", "store-1,stroe-2", "--only", "kv.rnu", "--skip", "kx"};
        for (String verb : List.of("plan", "up", "status")) {
            assertThat(sandbox.verb(verb, wrong).expect(3).err())
                    .contains("--limit: no node or group is called \"stroe-2\"")
                    .contains("did you mean \"store-2\"?")
                    .contains("--only: no step is called \"kv.rnu\"")
                    .contains("did you mean \"kv.run\"?")
                    .contains("--skip: no step is called \"kx\"");
            assertThat(sandbox.verb(verb, "--limit", "").expect(3).err())
                    .contains("--limit: \"\" names nothing");
            assertThat(sandbox.verb(verb, "--limit", "store:!store").expect(3).err())
                    .contains("--limit: \"store:!store\" leaves no node");
        }
        assertThat(sandbox.cluster().resolve(".ashlar")).doesNotExist();
    }

    @Test
    void foundersAreNotFoundedInParts() {
        for (String verb : List.of("plan", "up")) {
            assertThat(sandbox.verb(verb, "--skip", "kv.configure@store-3").expect(3).err())
                    .contains("kv is not founded yet")
                    .contains("leaves out kv.run@store-3")
                    .contains("--skip kv.run");
        }
        // Who would have to know of a member that is left out is left out with it.
        assertThat(sandbox.verb("plan", "--limit", "store-1,store-3").expect(0).out())
                .contains("kv.install @ store-1, store-3")
                .doesNotContain("kv.configure", "kv.run");
        assertThat(sandbox.cluster().resolve(".ashlar")).doesNotExist();
    }

    @Test
    void aSavedPlanHoldsItsSelection() {
        sandbox.verb("plan", "--skip", "kv.run", "--limit", "store-2", "--out", "part.ashlar")
                .expect(0);
        assertThat(sandbox.run("up", "part.ashlar", "--dry-run").expect(0).out())
                .startsWith("Plan: 5 to create, 14 to leave out");
        assertThat(sandbox.run("up", "part.ashlar", "--limit", "store-1").expect(3).err())
                .contains("a saved plan holds its own --limit");
    }
}
