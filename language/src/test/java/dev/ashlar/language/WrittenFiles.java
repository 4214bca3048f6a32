package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.Composition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of a cluster that a test writes itself, and what is read of them.
record WrittenFiles(Path folder) {
    void write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    LoadRequest request(String file) {
        return request(file, Map.of());
    }

    private LoadRequest request(String file, Map<String, String> sets) {
        return new LoadRequest(
                folder.resolve(file), Optional.empty(), new LinkedHashMap<>(sets), folder);
    }

    Loaded load(Map<String, String> sets) {
        return Loader.load(request("cluster.yaml", sets));
    }

    /// The composition, and that nothing is wrong with it whatever its values turn out to be.
    Composition thoroughly() throws InterruptedException {
        Loaded loaded = Loader.loadThoroughly(request("cluster.yaml"), _ -> false, _ -> List.of());
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.composition().orElseThrow();
    }
}
