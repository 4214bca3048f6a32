package dev.ashlar.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.execute.CommandResult;
import dev.ashlar.nodes.execute.Printed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a command came to on many nodes, as people read it.
class ExecViewTest {
    private final ExecView view = new ExecView(Terminal.ofProcess(true, false, ProgressMode.AUTO));
    private final SequencedMap<String, CommandResult> results = new LinkedHashMap<>();

    private static CommandResult ended(int code, String out, String err) {
        return new CommandResult(
                Optional.of(code),
                new Printed(out, false),
                new Printed(err, false),
                Optional.empty());
    }

    @Test
    void nodesWithTheSameCodeAndTheSameOutputAreShownOnce() {
        results.put("a", ended(0, "one\n\n  two\n", ""));
        results.put("b", ended(0, "other\n", ""));
        results.put("c", ended(0, "one\n\n  two\n", ""));
        results.put("d", ended(1, "one\n\n  two\n", ""));
        results.put("e", ended(0, "one\n\n  two\n", "warned\n"));
        assertThat(view.lines(results))
                .containsExactly(
                        "a, c: exit 0",
                        "  one",
                        "  ",
                        "    two",
                        "b: exit 0",
                        "  other",
                        "d: exit 1",
                        "  one",
                        "  ",
                        "    two",
                        "e: exit 0",
                        "  one",
                        "  ",
                        "    two",
                        "  stderr:",
                        "    warned");
        assertThat(ExecView.summary(results)).isEqualTo("exit 0 on 4, exit 1 on 1");
    }

    @Test
    void whatCouldNotBeRunComesLastInTheWordsOfItsFailure() {
        results.put(
                "a",
                CommandResult.without(
                        Failure.passing("unreachable", Failure.Fault.NODE, "a can't be reached")
                                .withHint("Switch it on.")));
        results.put("b", ended(0, "", ""));
        assertThat(view.lines(results))
                .containsExactly(
                        "b: exit 0",
                        "",
                        "failed: a  [unreachable, the node's fault]",
                        "  a can't be reached",
                        "  help: Switch it on.");
        assertThat(ExecView.summary(results)).isEqualTo("no exit code on 1, exit 0 on 1");
    }

    @Test
    void whatWasCutOffOrDidNotEndSaysSo() {
        Failure late = Failure.passing("timeout", Failure.Fault.USER, "did not end within 2 s");
        results.put(
                "a",
                new CommandResult(
                        Optional.empty(),
                        new Printed("begun\n", true),
                        Printed.NOTHING,
                        Optional.of(late)));
        assertThat(view.lines(results))
                .containsExactly(
                        "a: did not end",
                        "  begun",
                        "  (cut: of more, the first 256 KiB are kept)",
                        "",
                        "failed: a  [timeout, in what was written]",
                        "  did not end within 2 s");
    }

    @Test
    void manyNamesAreCounted() {
        List<String> names = IntStream.range(0, 25).mapToObj(n -> "n" + n).toList();
        assertThat(ExecView.heading(names, List.of("sh", "-c", "a 'b'")))
                .startsWith("On n0, n1")
                .endsWith("n19 and 5 more: sh -c 'a '\\''b'\\'''");
    }
}
