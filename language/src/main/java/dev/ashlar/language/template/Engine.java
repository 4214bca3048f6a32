package dev.ashlar.language.template;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.MemoryLoader;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Pebble as the language uses it: strict, without escaping, without other files, without Java. Set
/// up once, when the first template is compiled; safe for several threads.
final class Engine {
    private static final int SIZE_MAX_CHARACTERS = 8 * 1024 * 1024;

    /// The functions of Pebble that neither leave the template nor depend on time or place.
    static final Set<String> FUNCTIONS = Set.of(Collecting.NAME, "max", "min");

    static final Set<String> FILTERS =
            Set.of(
                    "abs",
                    "abbreviate",
                    "base64decode",
                    "base64encode",
                    "capitalize",
                    "default",
                    "first",
                    "join",
                    "last",
                    "length",
                    "lower",
                    "replace",
                    "reverse",
                    "rsort",
                    "sha256",
                    "slice",
                    "sort",
                    "split",
                    "title",
                    "trim",
                    "upper",
                    "urlencode");

    static final Set<String> TESTS = Set.of("empty", "even", "null", "odd", "equals");

    private static final PebbleEngine PEBBLE =
            new PebbleEngine.Builder()
                    .loader(new MemoryLoader())
                    .strictVariables(true)
                    .autoEscaping(false)
                    .newLineTrimming(false)
                    .cacheActive(false)
                    .defaultLocale(Locale.ROOT)
                    .maxRenderedSize(SIZE_MAX_CHARACTERS)
                    .allowOverrideCoreOperators(true)
                    .extension(new Collecting(), new Bounded())
                    .methodAccessValidator((object, _) ->
                            object instanceof ForNode.LoopVariables || object instanceof Map.Entry)
                    .build();

    private Engine() {}

    /// @throws io.pebbletemplates.pebble.error.PebbleException when it does not parse
    static PebbleTemplateImpl parse(String text) {
        return (PebbleTemplateImpl) PEBBLE.getLiteralTemplate(text);
    }
}
