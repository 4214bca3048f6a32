package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The documents of the verbs that only tell, of their published shapes.
class DocumentsTest {
    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void removeSandbox() {
        sandbox.close();
    }

    private JsonNode document(String... words) {
        Finished finished = sandbox.run(words).expect(0);
        assertThat(finished.out().lines()).hasSize(1);
        return Sandbox.document(finished);
    }

    @Test
    void theVersion() {
        JsonNode version = document("version", "--json");
        assertThat(sandbox.run("version").out().strip())
                .isEqualTo("ashlar " + version.path("version").asString());
        assertThat(version.path("java").asString()).startsWith("25");
    }

    @Test
    void aProblemWithItsPage() {
        JsonNode problem = document("explain", "--json", "ash0111");
        assertThat(problem.path("topic").asString()).isEqualTo("problem");
        assertThat(problem.path("name").asString()).isEqualTo("ASH0111");
        assertThat(problem.path("page").asString().strip())
                .isEqualTo(sandbox.run("explain", "ASH0111").expect(0).out().strip());
    }

    @Test
    void aResourceWithWhatItTakes() {
        JsonNode file = document("explain", "-o", "json", "file");
        assertThat(file.path("topic").asString()).isEqualTo("resource");
        JsonNode path = file.path("inputs").path(0);
        assertThat(path.path("name").asString()).isEqualTo("path");
        assertThat(path.path("required").asBoolean()).isTrue();
        assertThat(sandbox.run("explain", "file").expect(0).out())
                .startsWith("file: ")
                .containsPattern("\n  path +string +required ");
    }

    @Test
    void aFunctionWithWhatItGives() {
        JsonNode function = document("explain", "--json", "pki/certificate");
        assertThat(function.path("topic").asString()).isEqualTo("function");
        assertThat(names(function.path("outputs"))).contains("certificate", "authority");
        assertThat(sandbox.run("explain", "pki/certificate").expect(0).out())
                .contains("\n  -> certificate: string\n");
    }

    @Test
    void aComponentWithItsSteps() {
        JsonNode component = document("explain", "--json", "etcd/member", "etcd");
        assertThat(component.path("topic").asString()).isEqualTo("component");
        assertThat(names(component.path("inputs"))).contains("client_port");
        assertThat(names(component.path("steps")))
                .containsSubsequence("install", "certificate", "configure", "run");
    }

    @Test
    void aComponentsInputsWithTheirDefaultsAndLimits() throws IOException {
        sandbox.write(
                "etcd/cluster.yaml",
                """
                cluster: own
                site: lab
                packs: [own]
                groups:
                  front:
                    count: 1
                    uses: { web: { component: own/web, with: { host: here, port: 81 } } }
                """);
        sandbox.write("etcd/packs/own/pack.yaml", "pack: own\nversion: 1.0.0\n");
        sandbox.write(
                "etcd/packs/own/web.yaml",
                """
                component: web
                inputs:
                  host: { type: string, pattern: "[a-z]+", max_length: 9 }
                  port: { type: int, default: 80, min: 1, max: 65535, doc: Where it listens }
                  level: { type: string, default: low, one_of: [low, high] }
                  root: { type: string, default: "${'/srv/' + inputs.host}" }
                  note: { type: optional(string) }
                steps:
                  act:
                    inputs: { all: "${[inputs.host, inputs.level, inputs.root]}", at: "${inputs.port}" }
                    run: echo "$ALL $AT"
                """);

        assertThat(sandbox.run("explain", "own/web", "etcd").expect(0).out())
                .containsPattern("host +string +required; matches \\[a-z\\]\\+, length at most 9\n")
                .containsPattern("port +int +default 80; 1 to 65535; Where it listens\n")
                .containsPattern("level +string +default low; one of low, high\n")
                .contains("default ${'/srv/' + inputs.host}\n")
                .containsPattern("note +optional\\(string\\) +optional\n");

        JsonNode inputs = document("explain", "--json", "own/web", "etcd").path("inputs");
        assertThat(inputs.at("/0/required").asBoolean()).isTrue();
        assertThat(inputs.at("/0/allowed").toString())
                .isEqualTo("{\"pattern\":\"[a-z]+\",\"max_length\":9}");
        assertThat(inputs.at("/1/required").asBoolean()).isFalse();
        assertThat(inputs.at("/1/default").asString()).isEqualTo("80");
        assertThat(inputs.at("/1/allowed").toString()).isEqualTo("{\"min\":1,\"max\":65535}");
        assertThat(inputs.at("/2/allowed").toString()).isEqualTo("{\"one_of\":[\"low\",\"high\"]}");
        assertThat(inputs.at("/4/required").asBoolean()).isFalse();
        assertThat(inputs.at("/4").has("default")).isFalse();
    }

    @Test
    void aComponentThatGoesByAFact() throws IOException {
        sandbox.write(
                "etcd/cluster.yaml",
                "cluster: own\nsite: lab\npacks: [own]\ngroups: { front: { count: 1, uses: { web: own/web } } }\n");
        sandbox.write("etcd/packs/own/pack.yaml", "pack: own\nversion: 1.0.0\n");
        sandbox.write(
                "etcd/packs/own/web.yaml",
                """
                component: web
                inputs: { family: { fact: os.family, one_of: [debian, redhat] } }
                steps:
                  sources:
                    switch: "${inputs.family}"
                    cases: { debian: { run: apt-get update }, redhat: { run: dnf makecache } }
                """);

        JsonNode component = document("explain", "--json", "own/web", "etcd");
        assertThat(component.at("/inputs/0/fact").asString()).isEqualTo("os.family");
        assertThat(component.at("/steps/0/switch").asString()).isEqualTo("${inputs.family}");
        assertThat(component.at("/steps/0/cases").valueStream().map(JsonNode::asString))
                .containsExactly("debian", "redhat");
        assertThat(sandbox.run("explain", "own/web", "etcd").expect(0).out())
                .containsPattern("family +string +fact os.family; one of debian, redhat\n")
                .contains("at once, by ${inputs.family}: debian, redhat");
    }

    @Test
    void everyFact() {
        JsonNode facts = document("explain", "--json", "facts").path("facts");
        assertThat(names(facts)).contains("os.family", "cpu.count");
        assertThat(sandbox.run("explain", "facts").expect(0).out())
                .containsPattern("\\n  cpu.count +int +boot +How many ");
    }

    @Test
    void everyExitCode() {
        JsonNode codes = document("explain", "--json", "exit-codes").path("exit_codes");
        assertThat(codes.valueStream().map(code -> code.path("code").asInt()))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 70, 130);
    }

    @Test
    void logsOfWhatHasNotRunAreNone() {
        JsonNode logs = document("logs", "--json", "kv.install@store-1", "etcd");
        assertThat(logs.path("node").asString()).isEqualTo("store-1");
        assertThat(logs.path("attempts").isEmpty()).isTrue();
    }

    @Test
    void cancelWhereNothingRunsSaysSo() {
        JsonNode cancel = document("cancel", "--json", "--now", "etcd");
        assertThat(cancel.path("outcome").asString()).isEqualTo("nothing-running");
        assertThat(cancel.path("now").asBoolean()).isTrue();
    }

    private static List<String> names(JsonNode all) {
        return all.valueStream().map(one -> one.path("name").asString()).toList();
    }
}
