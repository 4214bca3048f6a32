package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Four digits are guessed by whoever has a digest of them, and found to be another's where two
/// digests are alike. What two clusters with the same digits have in common, a third with others
/// has too: so nothing of that is made of the digits.
@Tag("lab")
class FewDigitsTest {
    /// As digests are written: from 128 bits on in hexadecimal digits, from 160 on in base64.
    private static final Pattern DIGEST =
            Pattern.compile("\\b[0-9a-fA-F]{32,}\\b|[A-Za-z0-9+/_-]{27,}");

    /// No word, no path.
    private static final Pattern MIXED =
            Pattern.compile("(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z]).*|[0-9a-fA-F]{32,}");

    private static final String PLACES = "/etc /var /run /tmp /home /usr/local";

    @Test
    void twoClustersWithTheSameFourDigitsHaveNoDigestInCommon() {
        Set<String> one = digests("4711");
        Set<String> other = digests("4711");
        Set<String> third = digests("0815");

        Set<String> common = new TreeSet<>(one);
        common.retainAll(other);
        assertThat(common).as("what is the same for all, such as digests of files").isNotEmpty();
        assertThat(one).as("what is each cluster's own").hasSizeGreaterThan(common.size());
        assertThat(third).containsAll(common);
    }

    /// In all that a cluster with these digits leaves here and on its machine, and says.
    private static Set<String> digests(String digits) {
        Set<String> found = new TreeSet<>();
        try (Sandbox sandbox = Sandbox.ofResource(SecretTest.class, "secrets")) {
            sandbox.write(
                    "secrets/cluster.yaml",
                    sandbox.read("secrets/cluster.yaml").replace("count: 3", "count: 1"));
            sandbox.write("secrets/packs/hush/tell.sh", "cat \"$WORD_FILE\"; : $BROKEN\n");
            sandbox.write("digits", digits);
            String given = sandbox.folder().resolve("digits").toString();
            sandbox.run("secret", "set", "canary", "secrets", "--from", given).expect(0);
            sandbox.verb("up").expect(0);
            assertThat(sandbox.machine("node-1").run("cat /etc/hush/secret")).contains(digits);
            collect(sandbox.run("audit", "export", "secrets").expect(0).out(), found);
            collect(sandbox.verb("status", "--json").expect(0).out(), found);
            collect(
                    sandbox.machine("node-1")
                            .run(
                                    "grep -a -r -o -h -E --exclude-dir=apt --exclude-dir=dpkg '[A-Za-z0-9+/_-]{27,}' %s 2>/dev/null; :"
                                            .formatted(PLACES)),
                    found);
            below(sandbox.cluster(), found);
            below(sandbox.folder().resolve("config"), found);
            sandbox.verb("down").expect(0);
        }
        return found;
    }

    private static void below(Path folder, Set<String> found) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : List.copyOf(files.filter(Files::isRegularFile).toList())) {
                collect(Files.readString(file, StandardCharsets.ISO_8859_1), found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(String text, Set<String> found) {
        DIGEST.matcher(text)
                .results()
                .map(match -> match.group())
                .filter(token -> MIXED.matcher(token).matches())
                .forEach(found::add);
    }
}
