package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The completion scripts in the shells they are for, which `./test` installs as it does what a lab
/// needs.
@Tag("lab")
class CompletionTest {
    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void removeSandbox() {
        sandbox.close();
    }

    @Test
    void fishOffersVerbsOptionsWordsAndFolders() {
        script("fish");
        assertThat(fish("ashlar pl").out())
                .isEqualTo(
                        "plan\tShow what `up` would run, in which order, and why. Touches no machine.\n");
        assertThat(fish("ashlar lab po").out()).startsWith("power-off\t").hasLineCount(1);
        assertThat(fish("ashlar plan --det").out()).startsWith("--detailed-exitcode\t");
        assertThat(fish("ashlar diff --det").out()).startsWith("--detailed-exitcode\t");
        assertThat(fish("ashlar why --det").out()).isEmpty();
        assertThat(fish("ashlar status -o nd").out()).startsWith("ndjson");
        assertThat(fish("ashlar plan --json et").out()).contains("etcd/");
        assertThat(fish("ashlar plan --json-into et").out()).contains("etcd/");
        assertThat(fish("ashlar --ver").out()).startsWith("--version\t");
        assertThat(fish("ashlar completion f").out()).startsWith("fish");
        assertThat(fish("ashlar et").out()).doesNotContain("etcd");
    }

    private Finished fish(String typed) {
        return sandbox.shell(
                        "fish --no-config -c 'source fish.txt; complete -C \"%s\"'"
                                .formatted(typed))
                .expect(0);
    }

    @Test
    void bashOffersVerbsAndOptions() {
        script("bash");
        assertThat(bash("pl")).isEqualTo("plan\n");
        assertThat(bash("plan --det")).isEqualTo("--detailed-exitcode\n");
        assertThat(bash("lab po")).isEqualTo("power-off\n");
    }

    private String bash(String typed) {
        String words =
                "COMP_WORDS=(ashlar %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))".formatted(typed);
        String lines =
                "source bash.txt; %s; _complete_ashlar; echo ${COMPREPLY[@]}".formatted(words);
        return sandbox.shell("bash --norc -c '%s'".formatted(lines)).expect(0).out();
    }

    @Test
    void zshTakesItsScript() {
        script("zsh");
        Finished zsh = sandbox.shell("zsh -f -c 'source zsh.txt && print ${_comps[ashlar]}'");
        assertThat(zsh.expect(0).out()).contains("_complete_ashlar");
    }

    @Test
    void anUnknownShellIsInvalidInput() {
        assertThat(sandbox.run("completion", "tcsh").expect(3).err())
                .contains("tcsh", "bash", "zsh", "fish");
    }

    private void script(String shell) {
        Finished completion = sandbox.run("completion", shell).expect(0);
        assertThat(completion.err()).isEmpty();
        sandbox.write(shell + ".txt", completion.out());
    }
}
