package dev.ashlar.app.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The files of the checkout that people write.
final class Sources {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".ashlar", ".idea");

    private Sources() {}

    /// One file.
    ///
    /// @param path from the checkout's root
    record Source(String path, String text) {
        List<String> lines() {
            return text.lines().toList();
        }

        boolean isJava() {
            return path.endsWith(".java");
        }

        boolean isMain() {
            return path.contains("/src/main/");
        }
    }

    /// All text files with one of these endings (an empty one: files without a dot in the name).
    static List<Source> all(String... endings) throws IOException {
        List<Source> found = new ArrayList<>();
        collect(root(), root(), Set.of(endings), found);
        return found;
    }

    private static void collect(Path root, Path folder, Set<String> endings, List<Source> found)
            throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted().toList();
        }
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            if (Files.isDirectory(entry)) {
                if (!NOT_OURS.contains(name)) {
                    collect(root, entry, endings, found);
                }
            } else if (endings.contains(ending(name))) {
                String text = new String(Files.readAllBytes(entry), StandardCharsets.UTF_8);
                found.add(new Source(root.relativize(entry).toString(), text));
            }
        }
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1);
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isExecutable(folder.resolve("ashlar"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("not run inside a checkout");
        }
        return folder;
    }
}
