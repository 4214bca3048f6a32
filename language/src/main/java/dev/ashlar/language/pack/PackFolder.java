package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.source.Sources;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A pack's folder: the only place its components take files from.
///
/// @param shown the folder as shown to people
record PackFolder(Path path, String shown, Sources sources) {

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
        String file = named.text();
        // No path may hold a NUL.
        boolean isName = !file.isEmpty() && file.indexOf('\0') < 0;
        Path target = isName ? path.resolve(file).normalize() : path;
        if (!isName || !target.startsWith(path)) {
            diagnostics.add(unfit(named, "\"" + file + "\" is not a file inside the pack"));
            return Optional.empty();
        }
        if (!sources.isInside(path, target)) {
            diagnostics.add(unfit(named, "\"" + file + "\" is a link that leads out of the pack"));
            return Optional.empty();
        }
        Optional<byte[]> bytes = sources.read(target, shownName(file));
        if (bytes.isEmpty()) {
            Diagnostic missing = unfit(named, "file \"" + file + "\" is not in " + shown);
            diagnostics.add(Hints.spelled(missing, file, templatesAndScripts()));
        }
        return bytes.map(b -> new Found(shownName(file), b));
    }

    /// The same, where it must be a text: every byte of it UTF-8.
    Optional<Found> findText(YamlNode.Scalar named, Diagnostics diagnostics) {
        Optional<Found> found = find(named, diagnostics);
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
