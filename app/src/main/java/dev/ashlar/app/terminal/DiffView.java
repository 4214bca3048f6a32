package dev.ashlar.app.terminal;

import dev.ashlar.app.content.FileChange;
import java.util.ArrayList;
import java.util.List;

/// What becomes of a file's content, for people: below the instance that writes it.
final class DiffView {
    static final int LINES_MAX = 60;

    /// The two lines that name both sides, which are one file.
    private static final int HEADER = 2;

    private static final String INDENT = "      ";

    /// How the end of a line shows that a terminal cannot: else a change of line ends would be one
    /// between lines that look alike.
    private static final char RETURN = '␍';

    private final Terminal terminal;

    DiffView(Terminal terminal) {
        this.terminal = terminal;
    }

    List<String> lines(FileChange file) {
        List<String> lines = new ArrayList<>();
        String why = file.unshown().orElse("");
        lines.add(
                terminal.paint(
                        Paint.FAINT,
                        INDENT + "content of " + file.path() + (why.isEmpty() ? "" : ": " + why)));
        List<String> diff = file.diff().stream().skip(HEADER).toList();
        diff.stream().limit(LINES_MAX).map(this::painted).forEach(lines::add);
        if (diff.size() > LINES_MAX) {
            lines.add(
                    terminal.paint(
                            Paint.FAINT,
                            INDENT
                                    + "  and %d lines more; --json has all"
                                            .formatted(diff.size() - LINES_MAX)));
        }
        return lines;
    }

    private String painted(String line) {
        String indented = INDENT + "  " + line.replace('\r', RETURN);
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> terminal.paint(Paint.GOOD, indented);
            case '-' -> terminal.paint(Paint.BAD, indented);
            case '@', '\\' -> terminal.paint(Paint.FAINT, indented);
            default -> indented;
        };
    }
}
