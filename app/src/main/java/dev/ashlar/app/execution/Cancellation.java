package dev.ashlar.app.execution;

import dev.ashlar.store.Requests.Request;
import java.util.Optional;

/// Somebody's wish, from another terminal, that what runs on a cluster end: what is written in the
/// state's requests. It is meant for whoever has the cluster, and for who waits to have it next.
///
/// @param now what runs is stopped too
/// @param by who wishes it, for people
public record Cancellation(boolean now, String by) {
    /// The kind of such requests.
    public static final String KIND = "cancel";

    private static final String NOW = "now";

    /// Of whoever runs this process.
    public static Cancellation ofThisProcess(boolean now) {
        return new Cancellation(now, Asker.ofThisProcess().toString());
    }

    /// As the argument of a request.
    public String text() {
        return (now ? NOW : "") + "\n" + by;
    }

    /// What a request asks for; empty where that is something else.
    static Optional<Cancellation> of(Request request) {
        if (!request.kind().equals(KIND)) {
            return Optional.empty();
        }
        String[] lines = request.argument().split("\n", 2);
        return Optional.of(
                new Cancellation(lines[0].equals(NOW), lines.length > 1 ? lines[1] : "somebody"));
    }
}
