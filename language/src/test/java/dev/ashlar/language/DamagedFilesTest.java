package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.language.report.DiagnosticRenderer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is in a file, loading answers with a composition or with diagnostics.
class DamagedFilesTest {
    private static final int ROUNDS = 400;
    private static final List<String> FILES =
            List.of(
                    "examples/etcd/cluster.yaml",
                    "packs/etcd/member.yaml",
                    "packs/etcd/pack.yaml",
                    "packs/etcd/etcd.yaml.peb",
                    "sites/lab.yaml");

    @TempDir private Path folder = Path.of("");

    @Test
    void neverMakeTheLoaderThrow() throws IOException {
        for (String file : List.of("packs/etcd/etcd.service.peb", "packs/etcd/health.sh")) {
            put(file, Files.readString(Repository.ROOT.resolve(file)));
        }
        long seed = 20_261_122;
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String damaged = FILES.get(random.nextInt(FILES.size()));
            for (String file : FILES) {
                String text = Files.readString(Repository.ROOT.resolve(file));
                put(file, file.equals(damaged) ? damage(text, random) : text);
            }

            Loaded loaded =
                    Loader.load(
                            new LoadRequest(
                                    folder.resolve("examples/etcd/cluster.yaml"),
                                    Optional.empty(),
                                    new LinkedHashMap<>(),
                                    folder));

            assertThat(loaded.composition().isPresent())
                    .describedAs("seed %d round %d", seed, round)
                    .isEqualTo(loaded.diagnostics().isEmpty());
            assertThat(
                            new DiagnosticRenderer(loaded.sources(), false)
                                    .render(loaded.diagnostics())
                                    .isEmpty())
                    .isEqualTo(loaded.diagnostics().isEmpty());
            refused += loaded.diagnostics().isEmpty() ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(ROUNDS / 2);
    }

    private void put(String file, String text) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Lines dropped, doubled or swapped, words exchanged, characters replaced.
    private static String damage(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(6)) {
                case 0 -> lines.set(at, "");
                case 1 -> lines.add(at, line);
                case 2 -> lines.set(at, lines.set(random.nextInt(lines.size()), line));
                case 3 -> lines.set(at, "  " + line);
                case 4 -> lines.set(at, word(text, random) + ": " + line.strip());
                default -> lines.set(at, spoil(line, random));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String word(String text, Random random) {
        String[] words = text.split("[^A-Za-z_$.{}\\[\\]]+");
        return words[random.nextInt(words.length)];
    }

    private static String spoil(String line, Random random) {
        if (line.isEmpty()) {
            return "\"";
        }
        char[] characters = line.toCharArray();
        characters[random.nextInt(characters.length)] =
                "\"'{}[]:,$ \t#&*|>-0a(.)é".charAt(random.nextInt(23));
        return new String(characters);
    }
}
