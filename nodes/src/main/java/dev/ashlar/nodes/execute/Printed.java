package dev.ashlar.nodes.execute;

import dev.ashlar.nodes.channel.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a command printed on one stream.
///
/// @param text what was no UTF-8 is replaced
/// @param cut true when there was more than is kept ([RemoteCommand#KEPT_BYTES])
public record Printed(String text, boolean cut) {
    /// Nothing.
    public static final Printed NOTHING = new Printed("", false);

    static Printed of(Optional<Answer.Field> field) {
        byte[] bytes = field.map(Answer.Field::bytes).orElse(new byte[0]);
        int kept = Math.min(bytes.length, RemoteCommand.KEPT_BYTES);
        return new Printed(new String(bytes, 0, kept, StandardCharsets.UTF_8), kept < bytes.length);
    }
}
