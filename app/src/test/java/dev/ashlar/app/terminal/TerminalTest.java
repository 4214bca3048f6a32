package dev.ashlar.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What reaches a person's terminal that shows colours.
class TerminalTest {
    private static final String ESC = "\u001b";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal =
            Terminal.coloured(new PrintStream(out), new PrintStream(err), false, ProgressMode.AUTO);

    @Test
    void ofAllColoursOnlyOursSurvive() {
        terminal.data(terminal.paint(Paint.GOOD, "a" + ESC + "[8mhidden" + ESC + "[0m") + "\tb");
        assertThat(text(out)).isEqualTo(ESC + "[32mahidden" + ESC + "[0m\tb\n");
    }

    @Test
    void ourOwnColourInAMachinesWordsIsNotOurs() {
        terminal.warn("x" + ESC + "[32mdone" + ESC + "[0m\u009b8m\u202e\r\0y");
        assertThat(text(err)).isEqualTo("xdone8my\n");
    }

    @Test
    void aSequenceThatIsCutByOursDoesNotComeTogether() {
        terminal.say(ESC + terminal.paint(Paint.STRONG, "[8m"));
        assertThat(text(err)).isEqualTo(ESC + "[1m[8m" + ESC + "[0m\n");
    }

    @Test
    void whatIsDrawnMovesAsWeSayOnly() {
        terminal.draw(ESC + "[1A", "l" + ESC + "[2J" + terminal.paint(Paint.FAINT, "m"));
        assertThat(text(err)).isEqualTo(ESC + "[1Al" + ESC + "[2mm" + ESC + "[0m");
    }

    @Test
    void whatAnotherPaintedKeepsItsColours() {
        terminal.warn(terminal.painted(ESC + "[1;31merror" + ESC + "[0m" + ESC + "[2J"));
        assertThat(text(err)).isEqualTo(ESC + "[1;31merror" + ESC + "[0m\n");
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
