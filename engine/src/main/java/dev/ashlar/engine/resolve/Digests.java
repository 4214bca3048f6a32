package dev.ashlar.engine.resolve;

import dev.ashlar.model.secret.DigestKey;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// SHA-256 over values in a canonical encoding: every item is a tag, a length and its bytes, so
/// that no two different values share an encoding. Of a secret a digest under the vault's key takes
/// part, so that nobody finds the secret by trying all there may be. Labels take no other part.
final class Digests {
    private final MessageDigest digest;
    private final Optional<DigestKey> key;

    /// Where nothing is secret.
    Digests() {
        this(Optional.empty());
    }

    /// @param key of the vault; while that is locked, all secrets are alike
    Digests(Optional<DigestKey> key) {
        this.key = key;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Of what is not secret.
    static String of(Value value) {
        return of(value, Optional.empty());
    }

    static String of(Value value, Optional<DigestKey> key) {
        return new Digests(key).value(value).hex();
    }

    Digests text(String text) {
        return bytes('t', text.getBytes(StandardCharsets.UTF_8));
    }

    Digests value(Value value) {
        return value.isSecret() ? secret(value.data()) : data(value.data());
    }

    private Digests secret(Data data) {
        byte[] keyed =
                key.map(k -> k.digest(new Digests(key).data(data).digest.digest()))
                        .orElse(new byte[0]);
        return bytes('k', keyed);
    }

    private Digests data(Data data) {
        return switch (data) {
            case Data.Text(String text) -> text(text);
            case Data.Int(long number) -> bytes('i', longBytes(number));
            case Data.Real(double number) -> bytes('r', longBytes(Double.doubleToLongBits(number)));
            case Data.Bool(boolean truth) -> bytes('b', new byte[] {(byte) (truth ? 1 : 0)});
            case Data.Blob(byte[] content) -> bytes('x', content);
            case Data.Nothing _ -> bytes('n', new byte[0]);
            case Data.Listing(List<Value> elements) -> {
                bytes('l', longBytes(elements.size()));
                elements.forEach(this::value);
                yield this;
            }
            case Data.Mapping(Map<String, Value> entries) -> {
                bytes('m', longBytes(entries.size()));
                entries.forEach((name, entry) -> text(name).value(entry));
                yield this;
            }
            case Data.Structure(String type, Fields fields) -> {
                text(type);
                bytes('s', longBytes(fields.names().size()));
                fields.names().forEach(name -> text(name).value(fields.get(name)));
                yield this;
            }
            case Data.Unknown _, Data.Invalid _ ->
                    throw new IllegalArgumentException("no digest of " + data);
        };
    }

    /// A whole number that stands for all of it.
    long number() {
        return ByteBuffer.wrap(digest.digest()).getInt();
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private Digests bytes(char tag, byte[] bytes) {
        digest.update((byte) tag);
        digest.update(longBytes(bytes.length));
        digest.update(bytes);
        return this;
    }

    private static byte[] longBytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
