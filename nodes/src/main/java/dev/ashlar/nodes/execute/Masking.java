package dev.ashlar.nodes.execute;

import dev.ashlar.model.secret.Redaction;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.Answer.Field;
import java.util.Arrays;
import java.util.Set;

/// Takes secrets out of what a node says for people to read, before anything is made of it. What
/// machines read of an answer stays as it is.
final class Masking {
    /// So much of a log a node keeps: its end.
    private static final int CUT_OFF = 65_536;

    private static final Set<String> WORDS = Set.of("log", "left", "gone", "refused");

    /// Those of a resource's record.
    private static final Set<String> OF_RESOURCES =
            Set.of("what", "message", "command", "said", "shown");

    private Masking() {}

    static Answer masked(Answer answer, Redaction redaction) {
        return answer.with(field ->
                field.name().equals("records")
                        ? records(field, redaction)
                        : masked(field, WORDS, redaction));
    }

    private static Field records(Field field, Redaction redaction) {
        Answer records =
                Answer.parse(field.bytes()).with(one -> masked(one, OF_RESOURCES, redaction));
        return new Field(field.name(), records.bytes());
    }

    /// Of a log that was cut off, what begins in its middle is left out: it may be the rest of a
    /// secret that is not known by its rest.
    private static byte[] whole(byte[] bytes) {
        int line = 0;
        while (bytes.length >= CUT_OFF && line < bytes.length && bytes[line] != '\n') {
            line++;
        }
        return bytes.length >= CUT_OFF && line < bytes.length
                ? Arrays.copyOfRange(bytes, line + 1, bytes.length)
                : bytes;
    }

    private static Field masked(Field field, Set<String> words, Redaction redaction) {
        return words.contains(field.name())
                ? new Field(field.name(), redaction.applied(whole(field.bytes())))
                : field;
    }
}
