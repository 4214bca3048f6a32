package dev.ashlar.nodes.transport;

import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.SshWire;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A certificate of a machine's host key, as its sshd shows it (OpenSSH's PROTOCOL.certkeys). Its
/// signature has been checked.
///
/// @param key the machine's own
/// @param principals for whom it is; none where it is for everybody
/// @param authority who has signed it: whoever that may be
/// @param from seconds since 1970, as an unsigned number
/// @param until the same, and no more at it
public record HostCertificate(
        HostKey key, List<String> principals, HostKey authority, long from, long until) {
    private static final String SUFFIX = "-cert-v01@openssh.com";
    private static final String ED25519 = "ssh-ed25519";
    private static final int HOST = 2;

    /// Of how many parts a plain key consists, behind its name.
    private static final Map<String, Integer> PARTS =
            Map.of(
                    ED25519,
                    1,
                    "ssh-rsa",
                    2,
                    "ecdsa-sha2-nistp256",
                    2,
                    "ecdsa-sha2-nistp384",
                    2,
                    "ecdsa-sha2-nistp521",
                    2);

    /// What comes before the key in the form that Java reads (RFC 8410).
    private static final byte[] BEFORE_KEY = HexFormat.of().parseHex("302a300506032b6570032100");

    public HostCertificate {
        principals = List.copyOf(principals);
    }

    /// True of one that is for this name alone, and holds now.
    public boolean isFor(String principal, Instant now) {
        long seconds = now.getEpochSecond();
        return principals.equals(List.of(principal))
                && Long.compareUnsigned(from, seconds) <= 0
                && Long.compareUnsigned(seconds, until) < 0;
    }

    /// Reads one of a host, signed by an Ed25519 key. Empty where it is something else, not whole,
    /// restricted in a way that nobody here knows, or not signed by whom it names.
    public static Optional<HostCertificate> parse(byte[] wire) {
        try {
            return read(ByteBuffer.wrap(wire), wire);
        } catch (BufferUnderflowException | IllegalArgumentException notWhole) {
            return Optional.empty();
        }
    }

    private static Optional<HostCertificate> read(ByteBuffer in, byte[] wire) {
        String kind = SshWire.text(in);
        String plain = kind.endsWith(SUFFIX) ? kind.replace(SUFFIX, "") : "";
        Integer parts = PARTS.get(plain);
        if (parts == null) {
            return Optional.empty();
        }
        SshWire.part(in); // what makes it unlike any other
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        put(key, plain.getBytes(StandardCharsets.US_ASCII));
        for (int part = 0; part < parts; part++) {
            put(key, SshWire.part(in));
        }
        in.getLong(); // serial
        int type = in.getInt();
        SshWire.part(in); // what people call it
        List<String> principals = texts(ByteBuffer.wrap(SshWire.part(in)));
        long from = in.getLong();
        long until = in.getLong();
        byte[] restrictions = SshWire.part(in);
        SshWire.part(in); // extensions, which may be left unread
        SshWire.part(in); // reserved
        byte[] authority = SshWire.part(in);
        byte[] signed = Arrays.copyOf(wire, in.position());
        byte[] signature = SshWire.part(in);
        boolean isWhole = !in.hasRemaining() && type == HOST && restrictions.length == 0;
        return isWhole && isSigned(authority, signed, signature)
                ? Optional.of(
                        new HostCertificate(
                                HostKey.of(key.toByteArray()),
                                principals,
                                HostKey.of(authority),
                                from,
                                until))
                : Optional.empty();
    }

    private static boolean isSigned(byte[] authority, byte[] signed, byte[] signature) {
        ByteBuffer key = ByteBuffer.wrap(authority);
        ByteBuffer made = ByteBuffer.wrap(signature);
        if (!SshWire.text(key).equals(ED25519) || !SshWire.text(made).equals(ED25519)) {
            return false;
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(BEFORE_KEY);
        encoded.writeBytes(SshWire.part(key));
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded.toByteArray())));
            check.update(signed);
            return check.verify(SshWire.part(made)) && !key.hasRemaining() && !made.hasRemaining();
        } catch (GeneralSecurityException notOne) {
            return false;
        }
    }

    private static List<String> texts(ByteBuffer in) {
        List<String> texts = new ArrayList<>();
        while (in.hasRemaining()) {
            texts.add(SshWire.text(in));
        }
        return texts;
    }

    private static void put(ByteArrayOutputStream out, byte[] part) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        out.writeBytes(part);
    }
}
