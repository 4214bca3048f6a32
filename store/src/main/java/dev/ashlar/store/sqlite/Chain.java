package dev.ashlar.store.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The checksum of each record covers its number, its text and the checksum before it, from the
/// lineage on: no record can be changed, dropped, moved or taken from another journal unnoticed by
/// accident. (Not a defence against someone who may write the file and recompute it.)
final class Chain {
    private Chain() {}

    static byte[] start(String lineage) {
        return digest(new byte[0], 0, lineage);
    }

    static byte[] next(byte[] before, long number, String body) {
        return digest(before, number, body);
    }

    private static byte[] digest(byte[] before, long number, String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(before);
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            return sha.digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
