package dev.ashlar.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The repository the tests run in.
final class Repository {
    static final Path ROOT = root();

    private Repository() {}

    static LoadRequest etcd() {
        return new LoadRequest(
                ROOT.resolve("examples/etcd/cluster.yaml"),
                Optional.empty(),
                new LinkedHashMap<>(),
                ROOT);
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("examples"))) {
            at = java.util.Objects.requireNonNull(at.getParent(), "no examples above " + at);
        }
        return at;
    }
}
