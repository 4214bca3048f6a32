package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Needle;
import dev.ashlar.app.kit.Sandbox;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is good for a time only, on machines: it is made again for who needs it, and nobody else is
/// disturbed.
@Tag("lab")
class LapsingTest {
    private static final String LAPSED = "~ club.token  (its value has lapsed (valid for 30s, made";

    /// What a member has entered with, and what its file says, with the time at which it was
    /// written.
    private static final String HAS = "cat /srv/entered /srv/token; stat -c %y /srv/token";

    private final Sandbox sandbox = Sandbox.ofResource(LapsingTest.class, "lapsing");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMemberThatComesLaterHasATokenMadeAnewAndTheOthersKeepTheirs(boolean isSecret) {
        if (isSecret) {
            makeSecret();
        }
        sandbox.verb("up").expect(0);
        Machine first = sandbox.machine("own-1");
        String before = first.run(HAS);
        await("the token has lapsed").atMost(Sandbox.BOUND).until(() -> plan().contains(LAPSED));

        // Time alone is no reason.
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        assertThat(sandbox.run("why", "club.token", "lapsing").expect(0).out())
                .contains("now: stands", isSecret ? "club.token" : "(valid for 30s, made ");

        String cluster = sandbox.read("lapsing/cluster.yaml");
        sandbox.write("lapsing/cluster.yaml", cluster.replace("count: 1", "count: 2"));
        sandbox.verb("up").expect(0);
        assertThat(first.run(HAS)).isEqualTo(before);
        assertThat(first.run("wc -l </srv/made")).isEqualTo("2");
        String token = sandbox.machine("own-2").run("cat /srv/entered");
        assertThat(before).doesNotContain(token);
        assertThat(sandbox.machine("own-2").run("cat /srv/token")).isEqualTo("of own-2: " + token);

        // The first has a file with a token that is not the last one.
        assertThat(sandbox.verb("up", "--verify").expect(0).err())
                .contains("Everything is as it should be");
        Needle needle = new Needle(token);
        assertThat(needle.below(sandbox.folder(), List.of(sandbox.folder().resolve("lab"))))
                .satisfies(found -> assertThat(found.isEmpty()).isEqualTo(isSecret));
        sandbox.verb("down").expect(0);
    }

    private void makeSecret() {
        String house = sandbox.read("lapsing/packs/club/house.yaml");
        sandbox.write(
                "lapsing/packs/club/house.yaml",
                house.replace("type: string", "type: secret(string)")
                        .replace("echo \"$TOKEN\"", "echo \"$(cat \"$TOKEN_FILE\")\""));
    }

    private String plan() {
        return sandbox.verb("plan", "--set", "groups.own.count=2").expect(0).out();
    }
}
