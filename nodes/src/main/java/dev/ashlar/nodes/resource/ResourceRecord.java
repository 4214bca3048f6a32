package dev.ashlar.nodes.resource;

import dev.ashlar.nodes.channel.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a node said of one resource.
///
/// @param index its place in the list that was sent
/// @param status `ok`, `changed`, `differs`, `failed`, `reboot`
/// @param fields the rest: `what`, `kind`, `message`, `command`, `code`, `said`, `person` (it ended
///   at a command of theirs), `left`, `shown` (what of a file differed), `owned.*`
public record ResourceRecord(int index, String status, Map<String, String> fields) {
    public ResourceRecord {
        fields = Map.copyOf(fields);
    }

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /// What undo needs of the node's words.
    public Map<String, String> owned() {
        Map<String, String> owned = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith("owned.")) {
                owned.put(name.substring("owned.".length()), value);
            }
        });
        return owned;
    }

    /// Reads the records of a job, in the order in which their resources were begun. One without a
    /// status (the job was ended in the middle) has the status `cut`.
    public static List<ResourceRecord> parse(byte[] bytes) {
        SequencedMap<Integer, Map<String, String>> fields = new LinkedHashMap<>();
        Map<String, String> current = new LinkedHashMap<>();
        for (Answer.Field field : Answer.parse(bytes).fields()) {
            if (field.name().equals("at")) {
                int index = Integer.parseInt(field.text());
                current = fields.computeIfAbsent(index, _ -> new LinkedHashMap<>());
            } else {
                current.put(field.name(), field.text());
            }
        }
        return fields.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ResourceRecord of(int index, Map<String, String> fields) {
        return new ResourceRecord(index, fields.getOrDefault("status", "cut"), fields);
    }

    /// The same, of a list that begins so many resources later.
    public ResourceRecord after(int first) {
        return new ResourceRecord(index - first, status, fields);
    }
}
