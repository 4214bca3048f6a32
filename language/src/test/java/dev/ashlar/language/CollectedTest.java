package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec.StepInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may be written of types that packs declare and of what is collected; what may not is among
/// the broken inputs.
class CollectedTest {
    private static final String CLUSTER =
            """
            cluster: demo
            site: lab
            packs: [my-lb, app]
            groups:
              front:
                count: 2
                uses:
                  lb:
                    component: my-lb/balancer
                    with: { extra: "${collect(my_lb.Member) + [my_lb.Member{name: 'more'}]}" }
              web: { count: 2, uses: { web: app/web } }
            """;

    private static final String PACK =
            """
            pack: my-lb
            version: 1.0.0
            interfaces:
              balancer: { rule: Rule }
            types:
              Rule: { members: list(Member) }
              Member: { name: string, weight: optional(int) }
            """;

    private static final String BALANCER =
            """
            component: balancer
            implements:
              balancer: { rule: "${Rule{members: collect(Member)}}" }
            inputs:
              extra: list(Member)
              names: { type: list(string), default: "${collect(Member).map(m, m.name)}" }
            cluster_outputs:
              first: { type: string, value: "${collect(my_lb.Member).first().name}" }
            steps:
              configure:
                when: "${collect(Member).size() > 0}"
                inputs:
                  members: "${collect(Member)}"
                  all: "${collect(my_lb.Member).all(m, m.name != '')}"
                resources:
                  - file: { path: /etc/lb, template: lb.peb }
                  - file: { path: "/etc/${each.value.name}", content: x }
                    each: "${collect(Member)}"
              own:
                each: "${collect(Member).filter(m, has(m.weight)).map(m, m.name)}"
                run: "true"
            """;

    private static final String TEMPLATE =
            """
            {{ inputs.members | length }} {{ inputs.extra | length }} {{ inputs.names | join(",") }}
            {% for m in collect(Member) %}{{ m.name }}{% endfor %}
            {{ collect(my_lb.Member) | length }} {{ inputs.all }}
            """;

    private static final String WEB =
            """
            component: web
            inputs:
              on: { type: bool, default: true }
            outputs:
              one: { type: my_lb.Member, early: true, value: { name: "${node.name}", weight: 1 } }
              some:
                type: list(my_lb.Member)
                early: true
                value: "${inputs.on ? [my_lb.Member{name: 'b-' + node.name}] : []}"
            steps:
              run:
                resources:
                  - file: { path: /etc/web, content: x }
            """;

    private final WrittenFiles files;

    CollectedTest(@TempDir Path folder) {
        files = new WrittenFiles(folder);
    }

    private Composition cluster() throws InterruptedException {
        files.write("cluster.yaml", CLUSTER);
        files.write("sites/lab.yaml", "site: lab\nproviders:\n  default: { kind: lab }\n");
        files.write("packs/my-lb/pack.yaml", PACK);
        files.write("packs/my-lb/balancer.yaml", BALANCER);
        files.write("packs/my-lb/lb.peb", TEMPLATE);
        files.write("packs/app/pack.yaml", "pack: app\nversion: 1.0.0\n");
        files.write("packs/app/web.yaml", WEB);
        return files.thoroughly();
    }

    private static ComponentSpec component(Composition cluster, String use) {
        return Objects.requireNonNull(cluster.uses().get(use)).component();
    }

    @Test
    void isReadUnderOneNameHoweverItsTypeIsWritten() throws InterruptedException {
        ComponentSpec balancer = component(cluster(), "lb");
        assertThat(balancer.step("configure").orElseThrow().inputs().values())
                .extracting(input -> ((StepInput.Bound) input).value().reads())
                .allSatisfy(reads ->
                        assertThat(reads)
                                .allSatisfy(path ->
                                        assertThat(path)
                                                .startsWith(Collected.NAME, "my_lb.Member")));
        Expression template =
                balancer.step("configure").orElseThrow().action().expressions().stream()
                        .filter(expression -> expression.source().endsWith("lb.peb"))
                        .findFirst()
                        .orElseThrow();
        assertThat(template.reads())
                .contains(
                        List.of(Collected.NAME, "my_lb.Member", "[]", "name"),
                        List.of(Collected.NAME, "my_lb.Member", "#"));
    }

    @Test
    void isTypedByWhatThePackDeclares() throws InterruptedException {
        Composition cluster = cluster();
        StepInput members =
                Objects.requireNonNull(
                        component(cluster, "lb")
                                .step("configure")
                                .orElseThrow()
                                .inputs()
                                .get("members"));
        assertThat(members.type()).hasToString("list(my_lb.Member)");
        assertThat(Collected.outputs(component(cluster, "web"), "my_lb.Member"))
                .extracting(output -> output.name())
                .containsExactly("one", "some");
    }
}
