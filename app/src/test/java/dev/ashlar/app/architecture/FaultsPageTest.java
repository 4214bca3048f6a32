package dev.ashlar.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.simulation.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of faults leaves out none that a simulation knows, and names no test that is not there.
class FaultsPageTest {
    private static final Path PAGE = Host.checkout().resolve("docs/reference/faults.md");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)`");

    @Test
    void itNamesEveryFaultOfASimulation() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(Fault.words()).allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
    }

    @Test
    void everyTestItNamesIsThere() throws IOException {
        Set<String> files =
                Sources.all("java").stream()
                        .filter(source -> !source.isMain())
                        .map(source -> Path.of(source.path()).getFileName().toString())
                        .collect(Collectors.toUnmodifiableSet());
        List<String> named =
                NAMED_TEST
                        .matcher(Files.readString(PAGE))
                        .results()
                        .map(match -> match.group(1) + ".java")
                        .distinct()
                        .toList();
        assertThat(named).isNotEmpty().isSubsetOf(files);
    }
}
