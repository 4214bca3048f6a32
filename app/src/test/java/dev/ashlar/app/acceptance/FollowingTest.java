package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Page;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who reads the members of a group that is changed in turns, as the page about it says.
class FollowingTest {
    private static final Page PAGE = Page.of("docs/reference/following.md");

    @Test
    @Tag("lab")
    void entriesAreOfTheMembersAsTheyAre() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            PAGE.writeTo(sandbox);
            sandbox.verb("up").expect(0);
            changePort(sandbox);
            assertThat(sandbox.verb("plan").expect(0).out()).contains("Plan: 7 to change, 5 to");
            sandbox.verb("up").expect(0);

            Machine front = sandbox.machine("front-1");
            assertThat(front.run("cat /srv/entries/*").lines())
                    .hasSize(3)
                    .allMatch(url -> url.endsWith(":8090"));
            assertThat(front.run("cat /srv/overview")).isEqualTo(front.run("cat /srv/entries/*"));
            assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
            sandbox.verb("down").expect(0);
        }
    }

    private static void changePort(Sandbox sandbox) {
        String component = sandbox.read("shown/packs/web/server.yaml");
        sandbox.write("shown/packs/web/server.yaml", component.replace("8080", "8090"));
    }
}
