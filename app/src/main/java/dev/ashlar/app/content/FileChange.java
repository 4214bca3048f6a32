package dev.ashlar.app.content;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.ashlar.engine.plan.Rewritten;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.store.folder.WrittenTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What becomes of a file's content, as far as it can be shown.
///
/// @param diff the lines of a unified diff from what was written last to what would be; empty where
///   that is not shown
/// @param unshown why not
public record FileChange(String path, List<String> diff, Optional<String> unshown) {
    /// Finding the shortest difference takes time and room with the square of its length.
    static final int LINES_MAX = 1_000;

    private static final int CONTEXT = 3;

    public FileChange {
        diff = List.copyOf(diff);
    }

    /// @param texts what was written last; of what is not among them nothing is shown
    public static FileChange of(Rewritten file, Optional<WrittenTexts> texts) {
        Value now = file.now();
        if (now.hasSecret()) {
            return unshown(file, "a secret, which is not shown");
        }
        if (!now.isKnown()) {
            return unshown(
                    file,
                    now.deepLabel().awaits().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(", ", "known after ", "")));
        }
        Optional<String> after = text(now);
        if (after.isEmpty()) {
            return unshown(file, "no text");
        }
        Optional<String> before = texts.flatMap(kept -> kept.find(file.recorded()));
        if (before.isEmpty()) {
            return unshown(file, "not compared: what was written last is not kept here");
        }
        List<String> from = lines(before.get());
        List<String> to = lines(after.get());
        return Math.max(from.size(), to.size()) > LINES_MAX
                ? unshown(file, "not compared: more than " + LINES_MAX + " lines")
                : new FileChange(file.path(), diff(file.path(), from, to), Optional.empty());
    }

    private static FileChange unshown(Rewritten file, String why) {
        return new FileChange(file.path(), List.of(), Optional.of(why));
    }

    private static Optional<String> text(Value value) {
        return switch (value.data()) {
            case Data.Text(String text) -> Optional.of(text);
            case Data.Blob(byte[] bytes) -> WrittenTexts.text(bytes);
            default -> Optional.empty();
        };
    }

    private static List<String> diff(String path, List<String> from, List<String> to) {
        List<String> lines =
                UnifiedDiffUtils.generateUnifiedDiff(
                        path, path, from, DiffUtils.diff(from, to), CONTEXT);
        return lines.stream().flatMap(line -> Arrays.stream(line.split("\n", -1))).toList();
    }

    /// A last line without its end is another line than one that has it, and says so.
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        String last = lines.removeLast();
        if (!last.isEmpty()) {
            lines.add(last + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
