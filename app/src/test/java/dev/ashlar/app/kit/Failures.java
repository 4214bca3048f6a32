package dev.ashlar.app.kit;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The failures that `up --json` tells of.
public final class Failures {
    private Failures() {}

    /// `KIND FAULT` by instance.
    public static Map<String, String> of(Finished up) {
        Map<String, String> kinds = new TreeMap<>();
        for (JsonNode one : Sandbox.document(up).path("failures")) {
            JsonNode failure = one.path("failure");
            kinds.put(
                    one.path("instance").asString(),
                    failure.path("kind").asString() + " " + failure.path("fault").asString());
        }
        return kinds;
    }
}
