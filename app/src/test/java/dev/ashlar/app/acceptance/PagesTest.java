package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A page of the reference that shows a whole cluster shows one that is right, and the plan that it
/// shows is the one that comes of it.
class PagesTest {
    private static final Pattern FILE =
            Pattern.compile("(?ms)^```(?:yaml|text)\\n# (\\S+)\\n(.*?)^```$");
    private static final Pattern PLAN = Pattern.compile("(?ms)^```text\\n(Plan: .*?)^```$");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/reference/conditions.md",
                "docs/reference/repetition.md",
                "docs/reference/validity.md"
            })
    void showsAClusterThatIsRightAndItsPlan(String page) throws IOException {
        String text = Files.readString(Host.checkout().resolve(page));
        List<MatchResult> files = FILE.matcher(text).results().toList();
        assertThat(files).isNotEmpty();
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            files.forEach(file -> sandbox.write("shown/" + file.group(1), file.group(2)));
            sandbox.run("validate", "shown").expect(0);
            String plan = sandbox.run("plan", "shown", "--show", "unchanged").expect(0).out();
            assertThat(PLAN.matcher(text).results().map((MatchResult shown) -> shown.group(1)))
                    .containsExactly(plan);
        }
    }
}
