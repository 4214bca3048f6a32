package dev.ashlar.app.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// A process that has ended.
///
/// @param exitCode 137 when it was killed
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error
public record Finished(List<String> command, int exitCode, String out, String err, long tookMs) {

    /// Fails with everything the process said unless it ended with this code.
    public Finished expect(int code) {
        assertThat(exitCode).as("%s", this).isEqualTo(code);
        return this;
    }

    public List<String> outLines() {
        return out.lines().toList();
    }

    @Override
    public String toString() {
        return "%s ended with %d after %d ms%n-- stdout%n%s-- stderr%n%s"
                .formatted(String.join(" ", command), exitCode, tookMs, end(out), end(err));
    }

    private static String end(String text) {
        int most = 6_000;
        return text.length() <= most ? text : "…" + text.substring(text.length() - most);
    }
}
