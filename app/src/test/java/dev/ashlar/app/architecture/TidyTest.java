package dev.ashlar.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.architecture.Methods.Method;
import dev.ashlar.app.architecture.Sources.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Style that a formatter can't hold.
class TidyTest {
    private static final int MOST_LINES = 400;
    private static final int MOST_METHOD_LINES = 60;
    private static final int LEAST_FILES = 200;

    /// Files that were longer when this test came, with what they had: they may only shrink.
    private static final Map<String, Integer> LONGER =
            Map.of("engine/src/main/java/dev/ashlar/engine/run/Core.java", 544);

    private static final Pattern EMPTY_WORD =
            Pattern.compile("(?i)\\b(utils?|commons?|impl|helpers?|managers?|misc)\\b");

    /// In pieces, or this file would break its own rule.
    private static final Pattern LEFTOVER =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static final Pattern FOREIGN_PATH =
            Pattern.compile("(?<![\\w.}\\-])/(wo" + "rk|ro" + "ot)(/|\\b)");

    @Test
    void filesAreShort() throws IOException {
        List<Source> java = java();
        List<Integer> sizes = java.stream().map(s -> s.lines().size()).sorted().toList();
        System.out.printf(
                "tidy: %d Java files, %d lines, median %d, p90 %d, longest %d%n",
                sizes.size(),
                sizes.stream().mapToInt(Integer::intValue).sum(),
                sizes.get(sizes.size() / 2),
                sizes.get(sizes.size() * 9 / 10),
                sizes.getLast());
        assertThat(sizes).hasSizeGreaterThan(LEAST_FILES);
        assertThat(
                        java.stream()
                                .filter(s ->
                                        s.lines().size()
                                                > LONGER.getOrDefault(s.path(), MOST_LINES)))
                .extracting(s -> s.path() + ": " + s.lines().size())
                .isEmpty();
    }

    @Test
    void methodsAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (Source source : java()) {
            for (Method method : Methods.of(source.text())) {
                sizes.add(method.lines());
                if (method.lines() > MOST_METHOD_LINES) {
                    tooLong.add(
                            "%s:%d %s: %d"
                                    .formatted(
                                            source.path(),
                                            method.line(),
                                            method.name(),
                                            method.lines()));
                }
            }
        }
        sizes.sort(null);
        System.out.printf(
                "tidy: %d methods, median %d lines, p90 %d, longest %d%n",
                sizes.size(),
                sizes.get(sizes.size() / 2),
                sizes.get(sizes.size() * 9 / 10),
                sizes.getLast());
        assertThat(sizes).hasSizeGreaterThan(3 * LEAST_FILES);
        assertThat(tooLong).isEmpty();
    }

    @Test
    void methodsAreFoundWhereTheyAre() {
        List<Method> found =
                Methods.of(
                        """
                        /// class Not {
                        class A {
                            static final String S = "} { (";
                            A() { }
                            int f(int x) {
                                if (x > 0) {
                                    return g(() -> { return '{'; });
                                }
                                /* } */
                                return 0;
                            }
                            record R(int a) {
                                R {
                                }
                                void inner() {
                                }
                            }
                        }
                        """);
        assertThat(found)
                .containsExactly(
                        new Method("A", 4, 1), new Method("f", 5, 7), new Method("inner", 15, 2));
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        assertThat(matches(LEFTOVER, Sources.all("java", "sh", "yaml", "peb", "md", "xml", "")))
                .isEmpty();
    }

    @Test
    void noPathOfTheMachineItWasWrittenOn() throws IOException {
        assertThat(matches(FOREIGN_PATH, Sources.all("java", "sh", "yaml", "peb", "xml", "")))
                .isEmpty();
    }

    @Test
    void packagesAndTypesAreNamedForWhatTheyAre() throws IOException {
        assertThat(java())
                .extracting(Source::path)
                .filteredOn(path ->
                        EMPTY_WORD
                                .matcher(
                                        path.replaceAll("([a-z])([A-Z])", "$1 $2")
                                                .replaceAll("^.*/src/(main|test)/java", ""))
                                .find())
                .isEmpty();
    }

    @Test
    void everyPublicTypeSaysWhatItIs() throws IOException {
        Pattern type = Pattern.compile("(?m)^public (\\S+ )*(class|interface|enum|record) ");
        assertThat(java().stream().filter(Source::isMain))
                .filteredOn(source -> {
                    Matcher found = type.matcher(source.text());
                    return found.find() && !isDocumented(source.text(), found.start());
                })
                .extracting(Source::path)
                .isEmpty();
    }

    /// True when a doc comment stands between the imports and the place, whatever else does.
    private static boolean isDocumented(String text, int place) {
        String before = text.substring(0, place);
        int imports = Math.max(0, before.lastIndexOf("\nimport "));
        return before.indexOf("\n///", imports) >= 0;
    }

    private static List<Source> java() throws IOException {
        return Sources.all("java");
    }

    private static List<String> matches(Pattern pattern, List<Source> sources) {
        List<String> found = new ArrayList<>();
        for (Source source : sources) {
            List<String> lines = source.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(source.path() + ":" + (i + 1) + " " + lines.get(i).strip());
                }
            }
        }
        return found;
    }
}
