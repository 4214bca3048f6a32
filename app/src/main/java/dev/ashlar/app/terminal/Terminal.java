package dev.ashlar.app.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// The process's streams. Data goes to standard output, narration to standard error; colour and
/// movement only where a person looks on. Whatever a machine said, no line carries a control
/// character but tabs and our own colours. Safe for use by several threads, a line at a time.
public final class Terminal {
    private static final String COLOUR = "\u001b\\[[0-9;]*m";

    /// Escape sequences as a whole, other control characters (also those above 127, which some
    /// terminals obey), and what turns the direction of writing round.
    private static final String CONTROL =
            "\u001b\\[[0-?]*[ -/]*[@-~]|[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]";

    private static final Pattern PLAIN = Pattern.compile(CONTROL);
    private static final Pattern COLOURED = Pattern.compile("(" + COLOUR + ")|" + CONTROL);
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean moves;
    private final boolean colour;
    private final boolean quiet;

    private Terminal(
            PrintStream out,
            PrintStream err,
            boolean interactive,
            boolean moves,
            boolean colour,
            boolean quiet) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.moves = moves;
        this.colour = colour;
        this.quiet = quiet;
    }

    /// The terminal of this process.
    ///
    /// @param noColour asked for on the command line; `NO_COLOR` and `TERM=dumb` say the same
    public static Terminal ofProcess(boolean noColour, boolean quiet) {
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
                quiet);
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

    /// A line for people that is shown even when they asked for quiet.
    public void warn(String line) {
        err.println(clean(line));
    }

    /// Text as it may be written: for what goes into [#draw].
    public String clean(String text) {
        return colour
                ? COLOURED.matcher(text)
                        .replaceAll(found -> found.group(1) == null ? "" : found.group(1))
                : PLAIN.matcher(text).replaceAll("");
    }

    /// Text for people as it is, for progress that overwrites itself.
    public void draw(String text) {
        err.print(text);
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
        return colour ? paint.on() + text + Paint.OFF : text;
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

    private static Optional<Integer> number(String variable) {
        String text = System.getenv().getOrDefault(variable, "");
        return text.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
