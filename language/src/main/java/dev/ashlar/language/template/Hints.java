package dev.ashlar.language.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How to write in Pebble what people write in Jinja.
final class Hints {
    private static final Map<Pattern, String> SPELLINGS = new LinkedHashMap<>();

    static {
        put("\\{\\{[^}]*\\sif\\s.*\\selse\\s", "Pebble writes a choice as {{ condition ? a : b }}");
        put("\\{\\{[^}]*\\sif\\s", "Pebble writes a choice as {{ condition ? a : '' }}");
        put("\\{%-?\\s*elif\\b", "Pebble's word is elseif");
        put("\\{%-?\\s*(raw|endraw)\\b", "Pebble's word is verbatim … endverbatim");
        put(
                "\\{%-?\\s*for\\s+\\w+\\s*,",
                "Pebble goes over a map by {% for entry in map %} with entry.key and entry.value");
        put(
                "\\.(items|keys|values)\\(",
                "go over a map by {% for entry in map %} with entry.key and entry.value");
        put(
                "\\bis\\s+(not\\s+)?defined\\b",
                "every variable here is defined; ask `is null` of a value that may be absent");
        put("\\.get\\(", "write map['key'], with | default('…') where the entry may be absent");
        put(
                "\\|\\s*(tojson|to_json|to_yaml)\\b",
                "make the text by a loop, or give the step an input");
        put("\\bloop\\.index0\\b", "loop.index counts from 0 in Pebble");
        put("\\{%-?\\s*do\\b", "Pebble has no do: use set");
        put("\\bnot\\s+in\\b", "write `not (list contains value)`");
        put("\\{%.*\\sin\\s.*\\sif\\s", "put the condition inside the loop: {% if … %}");
        put(
                "==\\s*(True|False|None)\\b|\\b(True|False|None)\\b",
                "Pebble writes true, false and null");
    }

    /// A line that nobody wrote by hand is not looked at: the patterns look at each of its words
    /// from each other.
    private static final int LENGTH_MAX = 400;

    private Hints() {}

    static Optional<String> of(String line) {
        if (line.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        return SPELLINGS.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(line).find())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void put(String pattern, String hint) {
        SPELLINGS.put(Pattern.compile(pattern), hint);
    }
}
