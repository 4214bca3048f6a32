package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.language.pack.PackReader;
import dev.ashlar.language.pack.Version;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which version of a pack a group takes, and what two of them have to do with each other; what is
/// wrong about them is among the broken inputs.
class PackVersionsTest {
    private final Path folder;
    private final WrittenFiles files;

    PackVersionsTest(@TempDir Path folder) {
        this.folder = folder;
        files = new WrittenFiles(folder);
    }

    @BeforeEach
    void writesThreeVersionsAndTheSite() {
        files.write("work/sites/lab.yaml", "site: lab\nproviders: { default: { kind: lab } }\n");
        pack("work/packs/app", "1.0.0", "port: { type: int, default: 1 }");
        pack("work/packs/app@1.2", "1.2.9", "port: { type: int, default: 1 }");
        pack(
                "work/packs/app@2",
                "2.10.0",
                "port: { type: int, default: 1 }, size: { type: int, default: 1 }");
    }

    @Test
    void theNewestHoldsWhereNothingIsSaid() {
        assertThat(versions("[app]", "", "")).containsExactly("2.10.0", "2.10.0");
        pack("work/packs/app@2.9", "2.9.5", "port: int");
        assertThat(versions("[app]", "", "")).containsExactly("2.10.0", "2.10.0");
    }

    @Test
    void theNewestThatTheClustersRangeAdmitsHoldsForAllGroups() {
        assertThat(versions("[{ pack: app, version: '<2' }]", "", ""))
                .containsExactly("1.2.9", "1.2.9");
        assertThat(versions("[{ pack: app, version: '1.0' }]", "", ""))
                .containsExactly("1.0.0", "1.0.0");
    }

    @Test
    void aGroupsRangeHoldsInsteadOfTheClusters() {
        assertThat(versions("[{ pack: app, version: '>=2' }]", "packs: { app: '<1.1' },", ""))
                .containsExactly("1.0.0", "2.10.0");
        assertThat(versions("[app]", "packs: { app: '<1.1' },", "packs: { app: '<2' },"))
                .containsExactly("1.0.0", "1.2.9");
    }

    @Test
    void theVersionIsToldOnlyWhereAnotherIsInUseAsWell() {
        assertThat(told("packs: { app: '<2' },", "packs: { app: '<2' },"))
                .containsExactly(Optional.empty(), Optional.empty());
        assertThat(told("packs: { app: '<2' },", ""))
                .containsExactly(Optional.of("1.2.9"), Optional.of("2.10.0"));
    }

    @Test
    void onlyTheNearestPlaceThatHasAnyVersionCounts() {
        pack("packs/app@3", "3.0.0", "port: int");
        assertThat(versions("[app]", "", "")).containsExactly("2.10.0", "2.10.0");
    }

    @Test
    void aVersionThatNoUseTakesIsNeitherReadNorComparedWithOthers() {
        files.write("work/packs/app@2/web.yaml", "component: web\nsteps: [what]\n");
        files.write(
                "work/packs/app@2/pack.yaml",
                "pack: app\nversion: 2.10.0\ntypes: { M: { a: int } }\n");
        files.write(
                "work/packs/app/pack.yaml",
                "pack: app\nversion: 1.0.0\ntypes: { M: { a: string } }\n");
        assertThat(versions("[app]", "packs: { app: '<2' },", "packs: { app: '<2' },"))
                .containsExactly("1.2.9", "1.2.9");
    }

    @Test
    void declarationsThatAreAlikeMayBeInUseTwice() {
        String declared = "interfaces: { site: { m: M } }\ntypes: { M: { a: int } }\n";
        files.write("work/packs/app@2/pack.yaml", "pack: app\nversion: 2.10.0\n" + declared);
        files.write(
                "work/packs/app@1.2/pack.yaml",
                "pack: app\nversion: 1.2.9\n" + declared + "doc: with what only this one has\n");
        assertThat(versions("[app]", "packs: { app: '<2' },", ""))
                .containsExactly("1.2.9", "2.10.0");
    }

    @Test
    void whatIsSaidOfAComponentIsSaidToEachVersionThatHasTheInput() {
        Composition both =
                load(
                                "[app]",
                                "values: { app/web: { port: 7, size: 8 } }\n",
                                "packs: { app: '<2' },",
                                "")
                        .composition()
                        .orElseThrow();
        assertThat(values(both, "a")).containsExactly("port 7");
        assertThat(values(both, "b")).containsExactly("port 7", "size 8");

        Loaded without =
                load(
                        "[app]",
                        "values: { app/web: { size: 8 } }\n",
                        "packs: { app: '<2' },",
                        "packs: { app: '<2' },");
        assertThat(without.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(Code.ASH0111);
    }

    @Test
    void aVersionIsFoundByItsBeginningAndTheNewestByTheNameAlone() {
        assertThat(List.of("app", "app@1", "app@1.0.0", "app@2.1", "app@", "ap"))
                .extracting(this::found)
                .containsExactly("app@2", "app@1.2", "app", "", "", "");
    }

    @Test
    void versionsGoByNumbersPartForPart() {
        assertThat(new Version("1.10")).isGreaterThan(new Version("1.9.9"));
        assertThat(new Version("1.0")).isEqualByComparingTo(new Version("1"));
        assertThat(new Version("3.3.1").isOneOf("3.3")).isTrue();
        assertThat(new Version("3.30").isOneOf("3.3")).isFalse();
    }

    private String found(String wanted) {
        return LonePack.find(wanted, new Library(folder.resolve("work"), folder, new Sources()))
                .map(PackReader.Opened::folder)
                .map(path -> String.valueOf(path.getFileName()))
                .orElse("");
    }

    private List<String> versions(String packs, String first, String second) {
        return uses(load(packs, "", first, second)).stream()
                .map(use -> use.component().version())
                .toList();
    }

    private List<Optional<String>> told(String first, String second) {
        Loaded loaded = load("[app]", "", first, second);
        return uses(loaded).stream().map(loaded.composition().orElseThrow()::version).toList();
    }

    private static List<UseSpec> uses(Loaded loaded) {
        assertThat(loaded.diagnostics()).isEmpty();
        return List.copyOf(loaded.composition().orElseThrow().uses().values());
    }

    private static List<String> values(Composition composition, String use) {
        return Objects.requireNonNull(composition.uses().get(use)).inputs().values().stream()
                .map(binding -> binding.input().name() + " " + binding.held().getLast().source())
                .toList();
    }

    /// Two groups with a use each.
    private Loaded load(String packs, String values, String first, String second) {
        files.write(
                "work/cluster.yaml",
                """
                cluster: demo
                site: lab
                packs: %s
                %sgroups:
                  one: { count: 1, %s uses: { a: app/web } }
                  two: { count: 1, %s uses: { b: app/web } }
                """
                        .formatted(packs, values, first, second));
        return Loader.load(files.request("work/cluster.yaml"));
    }

    private void pack(String at, String version, String inputs) {
        files.write(at + "/pack.yaml", "pack: app\nversion: " + version + "\n");
        files.write(
                at + "/web.yaml",
                """
                component: web
                inputs: { %s }
                steps: { run: { inputs: { at: "${inputs.port}" }, run: echo "$AT" } }
                """
                        .formatted(inputs));
    }
}
