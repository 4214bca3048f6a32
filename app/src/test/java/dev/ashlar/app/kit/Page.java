package dev.ashlar.app.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A page of the reference, with the files of a cluster and the plans that it shows.
public record Page(String text) {
    private static final Pattern FILE =
            Pattern.compile("(?ms)^```(?:yaml|text)\\n# (\\S+)\\n(.*?)^```$");
    private static final Pattern PLAN = Pattern.compile("(?ms)^```text\\n(Plan: .*?)^```$");

    /// @param path below the checkout
    public static Page of(String path) {
        try {
            return new Page(Files.readString(Host.checkout().resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the files that it shows into the sandbox's cluster.
    public void writeTo(Sandbox sandbox) {
        List<MatchResult> files = FILE.matcher(text).results().toList();
        if (files.isEmpty()) {
            throw new AssertionError("the page shows no file");
        }
        String folder = sandbox.folder().relativize(sandbox.cluster()).toString();
        files.forEach(file -> sandbox.write(folder + "/" + file.group(1), file.group(2)));
    }

    /// The plans that it shows, in order.
    public List<String> plans() {
        return PLAN.matcher(text).results().map(shown -> shown.group(1)).toList();
    }
}
