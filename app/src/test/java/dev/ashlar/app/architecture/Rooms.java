package dev.ashlar.app.architecture;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The plan of the house: which room may import which, and where a foreign library may enter. A new
/// import that is not in these tables needs a line here, and so a reason in the commit that adds
/// it.
final class Rooms {
    /// Module to the modules it may import. Imports point one way.
    static final Map<String, Set<String>> MODULES =
            Map.of(
                    "model", Set.of(),
                    "language", Set.of("model"),
                    "engine", Set.of("model"),
                    "nodes", Set.of("model"),
                    "services", Set.of("model"),
                    "providers", Set.of("model"),
                    "store", Set.of("model"),
                    "simulation", Set.of("model", "engine"),
                    "bench", Set.of("model", "language", "engine", "store", "simulation"),
                    "app",
                            Set.of(
                                    "model",
                                    "language",
                                    "engine",
                                    "nodes",
                                    "services",
                                    "providers",
                                    "store",
                                    "simulation"));

    /// Foreign package to the only rooms that may know it.
    static final Map<String, Set<String>> LIBRARIES =
            Map.ofEntries(
                    Map.entry("dev.cel", Set.of("language.expression")),
                    Map.entry("com.google", Set.of("language.expression")),
                    Map.entry("io.pebbletemplates", Set.of("language.template")),
                    Map.entry("org.snakeyaml", Set.of("language.yaml")),
                    Map.entry("com.networknt", Set.of("language.schema")),
                    Map.entry("com.jcraft", Set.of("nodes.transport", "nodes.token")),
                    Map.entry("org.bouncycastle", Set.of("services.pki")),
                    Map.entry("org.sqlite", Set.of("store.sqlite")),
                    Map.entry("java.sql", Set.of("store.sqlite")),
                    Map.entry("com.exceptionfactory", Set.of("store.vault")),
                    Map.entry(
                            "tools.jackson",
                            Set.of("store.codec", "store.vault", "nodes.execute", "app")),
                    Map.entry("picocli", Set.of("app")),
                    Map.entry("com.github.difflib", Set.of("app.content")),
                    Map.entry("org.jline", Set.of("app.execution")));

    /// What every room may use.
    static final List<String> EVERYWHERE =
            List.of("java.", "javax.", "org.jspecify.", "dev.ashlar.");

    /// The pure core of the engine: no clock, no chance, no threads, no files.
    static final List<String> CORE =
            List.of("engine.graph", "engine.plan", "engine.resolve", "engine.run");

    private Rooms() {}

    /// `language.expression` for a class of that package or below it.
    static boolean isIn(String packageName, String room) {
        String full = "dev.ashlar." + room;
        return packageName.equals(full) || packageName.startsWith(full + ".");
    }

    /// `language` for `dev.ashlar.language.expression`.
    static String module(String packageName) {
        return packageName.split("\\.")[2];
    }
}
