package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {CHOSEN, OWNED, JOINED})
    void isRight(String component) throws IOException, InterruptedException {
        write(
                "cluster.yaml",
                """
                cluster: demo
                site: lab
                packs: [app]
                groups:
                  front: { count: 2, uses: { web: app/web } }
                """);
        write("sites/lab.yaml", "site: lab\nproviders:\n  default: { kind: lab }\n");
        write("packs/app/pack.yaml", "pack: app\nversion: 1.0.0\n");
        write("packs/app/health.sh", "true\n");
        write("packs/app/web.yaml", component);
        LoadRequest request =
                new LoadRequest(
                        folder.resolve("cluster.yaml"),
                        Optional.empty(),
                        new LinkedHashMap<>(),
                        folder);
        Loaded loaded = Loader.loadThoroughly(request, _ -> List.of());
        assertThat(loaded.diagnostics()).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }
}
