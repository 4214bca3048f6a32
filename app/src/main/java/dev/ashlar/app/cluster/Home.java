package dev.ashlar.app.cluster;

import java.nio.file.Path;

/// Where Ashlar's own packs and sites lie: `ASHLAR_HOME`, which the launcher sets, or this folder.
public final class Home {
    private Home() {}

    public static Path folder() {
        return Path.of(System.getenv().getOrDefault("ASHLAR_HOME", "")).toAbsolutePath();
    }
}
