package dev.ashlar.store.vault;

import dev.ashlar.model.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// What a vault's file says: JSON in ASCII, of which there is one spelling. All that stands before
/// the body is bound to it, so a change is found by whoever opens it. The checksum at the end finds
/// what was damaged by chance before that, so that a damaged lock is told from a wrong passphrase.
///
/// @param lineage of the state whose vault it is, 36 characters
/// @param epoch from 1
/// @param locks at least one
/// @param nonce under which the body is sealed
/// @param body sealed
record Envelope(String lineage, long epoch, List<WrappedKey> locks, byte[] nonce, byte[] body) {
    static final String FORMAT = "ashlar-vault";
    static final int VERSION = 1;
    static final int LOCKS_MAX = 32;

    Envelope {
        locks = List.copyOf(locks);
    }

    /// Nothing of it depends on a library's way of writing JSON, which may change, or on the digits
    /// of a country.
    byte[] bytes() {
        String unchecked = header() + "\"body\":\"" + base64(body) + "\",\n";
        return ascii(unchecked + "\"checksum\":\"" + Sha256.hex(unchecked) + "\"}\n");
    }

    /// What is bound to the body.
    byte[] bound() {
        return ascii(header());
    }

    private String header() {
        return String.join(
                "\n",
                "{\"format\":\"" + FORMAT + "\",\"version\":" + VERSION + ",",
                "\"lineage\":\"" + lineage + "\",",
                "\"epoch\":" + epoch + ",",
                "\"locks\":[",
                locks.stream().map(Envelope::text).collect(Collectors.joining(",\n")) + "],",
                "\"nonce\":\"" + base64(nonce) + "\",",
                "");
    }

    private static String text(WrappedKey lock) {
        return switch (lock) {
            case WrappedKey.ForIdentity(Recipient recipient, byte[] sealed) ->
                    "{\"kind\":\"identity\",\"recipient\":\"%s\",\"key\":\"%s\"}"
                            .formatted(recipient, base64(sealed));
            case WrappedKey.ForPassphrase(int iterations, byte[] salt, byte[] nonce, byte[] key) ->
                    "{\"kind\":\"passphrase\",\"iterations\":%s,\"salt\":\"%s\",\"nonce\":\"%s\",\"key\":\"%s\"}"
                            .formatted(
                                    Integer.toString(iterations),
                                    base64(salt),
                                    base64(nonce),
                                    base64(key));
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Envelope[epoch=" + epoch + "]";
    }
}
