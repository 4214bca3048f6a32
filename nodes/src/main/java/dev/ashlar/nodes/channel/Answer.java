package dev.ashlar.nodes.channel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What a request was answered with: named fields in order, each any bytes.
public record Answer(List<Field> fields) {

    /// One field.
    public record Field(String name, byte[] bytes) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    public Answer {
        fields = List.copyOf(fields);
    }

    /// The first field of a name.
    public Optional<Field> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /// Its text, empty when there is none.
    public String text(String name) {
        return field(name).map(Field::text).orElse("");
    }

    public boolean has(String name) {
        return field(name).isPresent();
    }

    /// Reads lines `NAME LENGTH` with the value and a newline below. What does not follow that form
    /// ends the reading: a torn answer keeps what came whole.
    public static Answer parse(byte[] bytes) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int newline = indexOf(bytes, at);
            if (newline < 0) {
                break;
            }
            String head = new String(bytes, at, newline - at, StandardCharsets.ISO_8859_1);
            int space = head.lastIndexOf(' ');
            int length = space < 0 ? -1 : number(head.substring(space + 1));
            int start = newline + 1;
            if (length < 0 || length > bytes.length - start) {
                break;
            }
            fields.add(
                    new Field(
                            head.substring(0, space),
                            Arrays.copyOfRange(bytes, start, start + length)));
            at = start + length + 1;
        }
        return new Answer(fields);
    }

    /// The same with other fields in the place of each.
    public Answer with(UnaryOperator<Field> change) {
        return new Answer(fields.stream().map(change).toList());
    }

    /// What [#parse] reads it from.
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Field field : fields) {
            String head = field.name() + " " + field.bytes().length + "\n";
            bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            bytes.writeBytes(field.bytes());
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private static int indexOf(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
    }
}
