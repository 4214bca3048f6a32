package dev.ashlar.app.cluster;

import dev.ashlar.model.text.Plain;
import java.util.Map;

/// Who has this process do something, as far as the operating system says: its user, and who became
/// that by way of `sudo`.
public final class Operator {
    private Operator() {}

    /// `ann`, or `root (sudo: ann)`.
    public static String name() {
        return name(System.getProperty("user.name", ""), System.getenv());
    }

    static String name(String user, Map<String, String> environment) {
        String caller = Plain.line(environment.getOrDefault("SUDO_USER", "")).strip();
        return caller.isEmpty() || caller.equals(user)
                ? user
                : "%s (sudo: %s)".formatted(user, caller);
    }
}
