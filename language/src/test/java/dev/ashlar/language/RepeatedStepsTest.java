package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be written of steps that are repeated; what may not is among the broken inputs.
class RepeatedStepsTest {
    /// Each element on a node of its own.
    private static final String CHOSEN =
            """
            component: web
            inputs:
              names: { type: list(string), default: [front-1, front-2] }
            steps:
              shard:
                for: cluster
                each: "${inputs.names}"
                on: "${each.value}"
                resources:
                  - file: { path: /srv/shard, content: x }
            """;

    /// A user is made for each element, and one of them named.
    private static final String OWNED =
            """
            component: web
            inputs:
              names: { type: list(string), default: [ann, bob] }
            steps:
              account:
                each: "${inputs.names}"
                resources:
                  - user: { name: "${each.key}" }
              page:
                resources:
                  - file: { path: /srv/page, content: x, owner: ann }
            """;

    /// Members may come later, and the value is the element's.
    private static final String JOINED =
            """
            component: web
            inputs:
              names: { type: list(string), default: [a, b] }
            membership:
              join: { run: "true" }
              leave: { run: "true" }
            steps:
              part:
                each: "${inputs.names}"
                inputs:
                  name: { founding: "${each.key}", joining: "${each.key + 'later'}" }
                run: echo "$NAME"
              run:
                after: [part, join]
                resources:
                  - service: { name: web }
                health: { script: health.sh }
            """;

    private final WrittenFiles files;

    RepeatedStepsTest(@TempDir Path folder) {
        files = new WrittenFiles(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {CHOSEN, OWNED, JOINED})
    void isRight(String component) throws InterruptedException {
        files.write(
                "cluster.yaml",
                """
                cluster: demo
                site: lab
                packs: [app]
                groups:
                  front: { count: 2, uses: { web: app/web } }
                """);
        files.write("sites/lab.yaml", "site: lab\nproviders:\n  default: { kind: lab }\n");
        files.write("packs/app/pack.yaml", "pack: app\nversion: 1.0.0\n");
        files.write("packs/app/health.sh", "true\n");
        files.write("packs/app/web.yaml", component);
        assertThat(files.thoroughly().uses()).containsKey("web");
    }
}
