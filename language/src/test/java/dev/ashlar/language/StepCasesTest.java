package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be written of steps that have cases; what may not is among the broken inputs.
class StepCasesTest {
    /// Of cases of which only a run knows which is done both make one thing, which is one.
    private static final String ONE_THING =
            """
            component: web
            steps:
              look:
                run: echo "found=true" >>"$ASHLAR_OUTPUT"
                outputs: { found: bool }
              page:
                switch: "${look.found}"
                cases:
                  true: { resources: [ { file: { path: /srv/page, content: a } } ] }
                  false: { resources: [ { file: { path: /srv/page, content: b } } ] }
            """;

    /// The files say that the case that makes the same thing is not done.
    private static final String NOT_CHOSEN =
            """
            component: web
            inputs:
              family: { type: string, default: debian, one_of: [debian, redhat] }
            steps:
              page:
                switch: "${inputs.family}"
                cases:
                  debian: { resources: [ { file: { path: /srv/debian, content: x } } ] }
                  redhat: { resources: [ { file: { path: /srv/page, content: x } } ] }
              other:
                resources:
                  - file: { path: /srv/page, content: y }
            """;

    /// Every kind of doing, each with what belongs to it, and what stands beside them all.
    private static final String EVERY_KIND =
            """
            component: web
            inputs:
              kind: { type: string, default: files, one_of: [files, script, text, call] }
            steps:
              make:
                switch: "${inputs.kind}"
                after: []
                inputs: { name: "${node.name}" }
                timeout: 1m
                cases:
                  files: { resources: [ { file: { path: "/srv/${inputs.name}", content: x } } ] }
                  script: { script: make.sh, remove: unmake.sh }
                  text: { run: echo "$NAME", probe: probe.sh }
                  call:
                    uses: pki/certificate
                    with: { authority: web, names: ["${node.address}"] }
                health: { script: probe.sh }
            """;

    /// What all cases produce is there whichever is done, also of each element of several.
    private static final String PRODUCED =
            """
            component: web
            outputs:
              text: { type: string, value: "${one.text}" }
            steps:
              one:
                switch: "${node.index == 1}"
                outputs: { text: string }
                cases:
                  true: { run: 'echo "text=first" >>"$ASHLAR_OUTPUT"' }
                  false: { run: 'echo "text=other" >>"$ASHLAR_OUTPUT"' }
              many:
                each: [a, b]
                switch: "${each.key == 'a'}"
                inputs: { key: "${each.key}" }
                outputs: { text: string }
                cases:
                  true: { run: 'echo "text=$KEY" >>"$ASHLAR_OUTPUT"' }
                  false: { run: 'echo "text=no $KEY" >>"$ASHLAR_OUTPUT"' }
              page:
                resources:
                  - file: { path: "/srv/${one.text}", content: x }
                  - file: { path: "/srv/${many.text['a']}.of", content: x }
            """;

    private final WrittenFiles files;

    StepCasesTest(@TempDir Path folder) {
        files = new WrittenFiles(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE_THING, NOT_CHOSEN, EVERY_KIND, PRODUCED})
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
        for (String script : List.of("make.sh", "unmake.sh", "probe.sh")) {
            files.write("packs/app/" + script, "echo \"$NAME\"\n");
        }
        files.write("packs/app/web.yaml", component);
        assertThat(files.thoroughly().uses()).containsKey("web");
    }
}
