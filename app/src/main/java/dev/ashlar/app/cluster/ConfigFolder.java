package dev.ashlar.app.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a person keeps what belongs to all clusters, apart from their states: `ashlar` in
/// `$XDG_CONFIG_HOME`, or in `.config` of the home folder.
public final class ConfigFolder {
    private ConfigFolder() {}

    /// Empty where the environment names no home.
    public static Optional<Path> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(named -> !named.isBlank())
                .map(Path::of)
                .or(() ->
                        Optional.ofNullable(environment.get("HOME"))
                                .filter(home -> !home.isBlank())
                                .map(home -> Path.of(home, ".config")))
                .map(config -> config.resolve("ashlar"));
    }
}
