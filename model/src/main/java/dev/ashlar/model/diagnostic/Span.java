package dev.ashlar.model.diagnostic;

/// A stretch of a source file. Lines and columns count from 1, columns in Unicode code points; the
/// end is exclusive. `file` is the path as shown to the user (relative to the working directory
/// where possible).
public record Span(String file, int line, int column, int endLine, int endColumn)
        implements Comparable<Span> {

    /// A span of one line.
    public static Span of(String file, int line, int column, int length) {
        return new Span(file, line, column, line, column + Math.max(1, length));
    }

    /// The file as a whole: for problems that have no better place.
    public static Span wholeFile(String file) {
        return of(file, 1, 1, 1);
    }

    /// `file:line:column`, the form editors and terminals make clickable.
    public String location() {
        return file + ":" + line + ":" + column;
    }

    /// Told apart by where it begins, which is cheap: what comes from files is looked up by this
    /// all the time.
    @Override
    public int hashCode() {
        return (file.hashCode() * 31 + line) * 31 + column;
    }

    @Override
    public int compareTo(Span other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }
}
