package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ResourceKind.Parameter;
import dev.ashlar.model.resource.ServiceFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The reference's tables are those of the code.
class ReferenceTest {

    @Test
    void listsEveryResourceKindWithItsParameters() throws IOException {
        assertThat(reference())
                .contains(
                        Arrays.stream(ResourceKind.values())
                                .map(kind ->
                                        "| `"
                                                + kind.word()
                                                + "` | "
                                                + words(kind.parameters(), true)
                                                + " | "
                                                + words(kind.parameters(), false)
                                                + " |\n")
                                .collect(Collectors.joining()));
    }

    @Test
    void listsEveryFunctionWithItsArgumentsAndOutputs() throws IOException {
        assertThat(reference())
                .contains(
                        Arrays.stream(ServiceFunction.values())
                                .map(function ->
                                        "| `"
                                                + function.word()
                                                + "` | "
                                                + words(function.parameters(), true)
                                                + " | "
                                                + words(function.parameters(), false)
                                                + " | "
                                                + function.outputs().keySet().stream()
                                                        .map(name -> "`" + name + "`")
                                                        .collect(Collectors.joining(", "))
                                                + " |\n")
                                .collect(Collectors.joining()));
    }

    @Test
    void listsEveryFact() throws IOException {
        assertThat(Files.readString(Repository.ROOT.resolve("docs/reference/facts.md")))
                .contains(
                        Arrays.stream(Fact.values())
                                .map(fact ->
                                        "| `"
                                                + fact.word()
                                                + "` | `"
                                                + fact.type()
                                                + "` | "
                                                + fact.stability().word()
                                                + " | "
                                                + fact.doc()
                                                + " |\n")
                                .collect(Collectors.joining()));
    }

    private static String reference() throws IOException {
        return Files.readString(Repository.ROOT.resolve("docs/reference/language.md"));
    }

    private static String words(List<Parameter> parameters, boolean required) {
        return parameters.stream()
                .filter(parameter -> parameter.required() == required)
                .map(parameter ->
                        "`"
                                + parameter.name()
                                + "`"
                                + parameter
                                        .fallback()
                                        .filter(text -> !text.isEmpty())
                                        .map(text -> " (" + text + ")")
                                        .orElse(""))
                .collect(Collectors.joining(", "));
    }
}
