package dev.ashlar.nodes.resource;

import dev.ashlar.nodes.channel.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a node said of one resource.
///
/// @param index its place in the list that was sent
/// @param status `ok`, `changed`, `differs`, `failed`, `reboot`
/// @param fields the rest: `what`, `kind`, `message`, `command`, `code`, `said`, `person` (it ended
///   at a command of theirs), `left`, `owned.*`
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

    /// Reads the records of a job. One without a status (the job was ended in the middle) has the
    /// status `cut`.
    public static List<ResourceRecord> parse(byte[] bytes) {
        List<ResourceRecord> records = new ArrayList<>();
        int index = -1;
        Map<String, String> fields = new LinkedHashMap<>();
        for (Answer.Field field : Answer.parse(bytes).fields()) {
            if (field.name().equals("at")) {
                add(records, index, fields);
                index = Integer.parseInt(field.text());
                fields = new LinkedHashMap<>();
            } else {
                fields.put(field.name(), field.text());
            }
        }
        add(records, index, fields);
        return records;
    }

    private static void add(List<ResourceRecord> records, int index, Map<String, String> fields) {
        if (index >= 0) {
            records.add(
                    new ResourceRecord(
                            index, fields.getOrDefault("status", "cut"), Map.copyOf(fields)));
        }
    }
}
