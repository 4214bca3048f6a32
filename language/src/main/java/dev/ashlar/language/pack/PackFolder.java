package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.source.Limit;
import dev.ashlar.language.source.Refusal;
import dev.ashlar.language.source.Sources;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A pack's folder: the only place its components take files from.
///
/// @param shown the folder as shown to people
record PackFolder(Path path, String shown, Sources sources) {
    static final String NO_LINK =
            "put the file itself there: a pack has all that it needs in its own folder";

    /// A file of the pack named in a component.
    ///
    /// @param name as shown to people
    record Found(String name, byte[] bytes) {
        String text() {
            return Sources.text(bytes);
        }
    }

    /// The name shown for a file of the pack.
    String shownName(String file) {
        return shown + "/" + file;
    }

    /// The file a scalar names; empty when there is none, which is reported.
    Optional<Found> find(YamlNode.Scalar named, Diagnostics diagnostics) {
        return find(named, Limit.SOURCE, diagnostics);
    }

    private Optional<Found> find(YamlNode.Scalar named, Limit limit, Diagnostics diagnostics) {
        String file = named.text();
        Optional<Path> below = below(file);
        if (below.isEmpty()) {
            diagnostics.add(
                    unfit(named, "\"" + file + "\" is not a file inside the pack")
                            .withHelp("name it by its path below " + shown));
            return Optional.empty();
        }
        Path target = below.get();
        if (!sources.isInside(path, target)) {
            diagnostics.add(
                    unfit(named, "\"" + file + "\" is a link that leads out of the pack")
                            .withHelp(NO_LINK));
            return Optional.empty();
        }
        Optional<byte[]> bytes = sources.read(target, shownName(file), limit);
        if (bytes.isEmpty()) {
            diagnostics.add(unread(named, sources.refusal(target, limit)));
        }
        return bytes.map(b -> new Found(shownName(file), b));
    }

    /// Where a file of that name is below the folder.
    private Optional<Path> below(String file) {
        try {
            Path name = Path.of(file);
            Path target = path.resolve(name).normalize();
            return !name.isAbsolute() && target.startsWith(path) && !target.equals(path)
                    ? Optional.of(target)
                    : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty(); // No path may hold a NUL.
        }
    }

    private Diagnostic unread(YamlNode.Scalar named, Refusal refusal) {
        String file = "file \"" + named.text() + "\"";
        return switch (refusal.kind()) {
            case ABSENT ->
                    Hints.spelled(
                            unfit(named, file + " is not in " + shown),
                            named.text(),
                            templatesAndScripts());
            case OTHER ->
                    unfit(named, "\"" + named.text() + "\" " + refusal.words())
                            .withHelp(refusal.help());
            case LARGE -> refusal.diagnostic(named.span(), file);
        };
    }

    /// The same, where it must be a text: every byte of it UTF-8.
    Optional<Found> findText(YamlNode.Scalar named, Diagnostics diagnostics) {
        Optional<Found> found = find(named, Limit.TEXT, diagnostics);
        boolean isText = found.map(Found::bytes).filter(PackFolder::isUtf8).isPresent();
        if (found.isPresent() && !isText) {
            diagnostics.add(unfit(named, "file \"" + named.text() + "\" is not UTF-8 text"));
        }
        return found.filter(_ -> isText);
    }

    private static Diagnostic unfit(YamlNode.Scalar named, String words) {
        return Diagnostic.of(Code.ASH0303, named.span(), words);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private List<String> templatesAndScripts() {
        return sources.names(path).stream().filter(f -> !f.endsWith(".yaml")).toList();
    }
}
