package dev.ashlar.store.vault;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.codec.Json;
import dev.ashlar.store.codec.MalformedException;
import dev.ashlar.store.vault.WrappedKey.ForPassphrase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Reads the file of a vault, and takes no byte that this version would have written otherwise.
final class EnvelopeReader {
    private static final String OTHERWISE = "it is not as it was written";

    private final Path file;

    private EnvelopeReader(Path file) {
        this.file = file;
    }

    /// @param file what messages speak of
    /// @param lineage of the state that it lies in
    /// @throws StoreException when it is no vault, another state's, a later version's, or damaged
    static Envelope read(Path file, byte[] bytes, String lineage) {
        return new EnvelopeReader(file).read(bytes, lineage);
    }

    private Envelope read(byte[] bytes, String lineage) {
        if (bytes.length == 0) {
            throw StoreException.damaged(file, "it is empty");
        }
        Envelope envelope = parsed(new String(bytes, StandardCharsets.US_ASCII));
        // Spaces, names twice, unknown ones, spare bits of base64, a checksum that does not fit.
        if (!Arrays.equals(envelope.bytes(), bytes)) {
            throw StoreException.damaged(file, OTHERWISE);
        }
        if (!envelope.lineage().equals(lineage)) {
            throw new StoreException(
                    Kind.FOREIGN,
                    "%s is another cluster's: it belongs to the state %s, and lies in the state %s. Nothing was changed. Put back the one that belongs here"
                            .formatted(file, envelope.lineage(), lineage));
        }
        return envelope;
    }

    private Envelope parsed(String text) {
        try {
            JsonNode json = Json.read(text);
            if (!Json.text(json, "format").equals(Envelope.FORMAT)) {
                throw new StoreException(
                        Kind.FOREIGN, file + " is no vault of Ashlar's. Nothing was changed");
            }
            long version = Json.number(json, "version");
            if (version > Envelope.VERSION) {
                throw new StoreException(
                        Kind.NEWER,
                        "%s was written by a newer Ashlar, in form %d; this one knows %d. Nothing was changed. Use that version"
                                .formatted(file, version, Envelope.VERSION));
            }
            return envelope(json);
        } catch (MalformedException | IllegalArgumentException _) {
            throw StoreException.damaged(file, OTHERWISE);
        }
    }

    private static Envelope envelope(JsonNode json) {
        Envelope envelope =
                new Envelope(
                        lineage(Json.text(json, "lineage")),
                        Json.number(json, "epoch"),
                        Json.list(json, "locks", EnvelopeReader::lock),
                        bytes(json, "nonce", AesKey.NONCE_BYTES),
                        Base64.getDecoder().decode(Json.text(json, "body")));
        int locks = envelope.locks().size();
        if (envelope.epoch() < 1 || locks < 1 || locks > Envelope.LOCKS_MAX) {
            throw new IllegalArgumentException("nothing that is ever written");
        }
        return envelope;
    }

    private static String lineage(String text) {
        String lineage = UUID.fromString(text).toString();
        if (!lineage.equals(text)) {
            throw new IllegalArgumentException("another spelling");
        }
        return lineage;
    }

    private static WrappedKey lock(JsonNode json) {
        return switch (Json.text(json, "kind")) {
            case "identity" ->
                    new WrappedKey.ForIdentity(
                            recipient(Json.text(json, "recipient")),
                            Base64.getDecoder().decode(Json.text(json, "key")));
            case "passphrase" ->
                    new ForPassphrase(
                            Json.count(json, "iterations"),
                            bytes(json, "salt", ForPassphrase.SALT_BYTES),
                            bytes(json, "nonce", AesKey.NONCE_BYTES),
                            bytes(json, "key", AesKey.BYTES + AesKey.TAG_BYTES));
            default -> throw new IllegalArgumentException("an unknown lock");
        };
    }

    private static Recipient recipient(String text) {
        try {
            return new Recipient(text);
        } catch (StoreException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] bytes(JsonNode json, String name, int length) {
        byte[] bytes = Base64.getDecoder().decode(Json.text(json, name));
        if (bytes.length != length) {
            throw new IllegalArgumentException("another length");
        }
        return bytes;
    }
}
