package dev.ashlar.app.terminal;

import dev.ashlar.model.text.Plain;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// The process's streams. Data goes to standard output, narration to standard error; colour and
/// movement only where a person looks on. Whatever a machine said, no line carries a control
/// character but tabs and our own colours: colours of others are taken out like all else. Safe for
/// use by several threads, a line at a time.
public final class Terminal {
    /// Paint is a mark until it is written. The mark holds what nobody outside this process can
    /// know, so no text from elsewhere is taken for it.
    private static final String MARK =
            "\u0001" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    private static final char MARK_END = '\u0001';

    private static final Pattern MARKED =
            Pattern.compile(MARK + "([0-9;]*)" + MARK_END + "|" + Plain.CONTROL);
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[([0-9;]*)m");
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean moves;
    private final boolean colour;
    private final boolean quiet;
    private final ProgressMode mode;

    private Terminal(
            PrintStream out,
            PrintStream err,
            boolean interactive,
            boolean moves,
            boolean colour,
            boolean quiet,
            ProgressMode mode) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.moves = moves;
        this.colour = colour;
        this.quiet = quiet;
        this.mode = quiet ? ProgressMode.NONE : mode.where(moves);
    }

    /// The terminal of this process.
    ///
    /// @param noColour asked for on the command line; `NO_COLOR` and `TERM=dumb` say the same
    /// @param mode how progress is shown to who has not asked for quiet
    public static Terminal ofProcess(boolean noColour, boolean quiet, ProgressMode mode) {
        boolean tty = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        boolean plain = noColour || dumb || !System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        boolean watched = tty && System.getenv("CI") == null;
        return new Terminal(
                utf8(System.out),
                utf8(System.err),
                watched,
                watched && !dumb,
                tty && !plain,
                quiet,
                mode);
    }

    /// One that paints, with streams of its own.
    static Terminal coloured(PrintStream out, PrintStream err, boolean quiet, ProgressMode mode) {
        return new Terminal(utf8(out), utf8(err), false, false, true, quiet, mode);
    }

    /// Bytes are handed on as they are, whatever encoding the stream itself would use.
    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /// A line of data.
    public void data(String line) {
        out.println(clean(line));
    }

    /// A line for people.
    public void say(String line) {
        if (!quiet) {
            err.println(clean(line));
        }
    }

    /// A line for people about what goes on, shown to those who want to see that.
    public void sayProgress(String line) {
        if (mode != ProgressMode.NONE) {
            say(line);
        }
    }

    /// A line for people that is shown even when they asked for quiet.
    public void warn(String line) {
        err.println(clean(line));
    }

    private static String clean(String text) {
        return MARKED.matcher(text)
                .replaceAll(
                        found -> found.group(1) == null ? "" : "\u001b[" + found.group(1) + "m");
    }

    /// Text for people that stays open to be overwritten.
    ///
    /// @param move sequences of ours that place the cursor first
    public void draw(String move, String text) {
        err.print(move + clean(text));
        err.flush();
    }

    /// Begins a new page where what was written can be written over; does nothing elsewhere.
    public void clear() {
        if (moves) {
            out.print("\u001b[H\u001b[2J");
            out.flush();
        }
    }

    /// True when a person looks on and can answer.
    public boolean isInteractive() {
        return interactive;
    }

    /// True when a person looks on and what was written can be written over.
    public boolean canMove() {
        return moves;
    }

    /// How progress is shown here: never `AUTO`, and `NONE` to who has asked for quiet.
    public ProgressMode mode() {
        return mode;
    }

    public boolean hasColour() {
        return colour;
    }

    public int columns() {
        return number("COLUMNS").filter(n -> n >= 20).orElse(100);
    }

    public int lines() {
        return number("LINES").filter(n -> n >= 5).orElse(24);
    }

    public String paint(Paint paint, String text) {
        return colour ? mark(paint.code()) + text + mark(Paint.OFF) : text;
    }

    /// Text that another painted who takes out of what he shows what is not his: his colours stay.
    public String painted(String text) {
        return colour ? COLOUR.matcher(text).replaceAll(found -> mark(found.group(1))) : text;
    }

    private static String mark(String code) {
        return MARK + code + MARK_END;
    }

    /// Asks a question and reads a line; empty when nobody answers.
    public Optional<String> ask(String question) {
        err.print(question + " ");
        err.flush();
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Asks for what nobody is to see, who looks on or reads what was typed; empty where nobody can
    /// answer. Whoever asked clears it.
    public Optional<char[]> askSecret(String question) {
        return interactive
                ? Optional.ofNullable(System.console())
                        .map(console -> console.readPassword("%s", question))
                : Optional.empty();
    }

    private static Optional<Integer> number(String variable) {
        String text = System.getenv().getOrDefault(variable, "");
        return text.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
