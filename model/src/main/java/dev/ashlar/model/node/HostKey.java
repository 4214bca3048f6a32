package dev.ashlar.model.node;

import dev.ashlar.model.text.Sha256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A machine's public SSH host key, as in `known_hosts`: `ssh-ed25519`, base64.
public record HostKey(String algorithm, String base64) {
    private static final Map<String, String> KINDS =
            Map.of("ssh-ed25519", "ED25519", "ssh-rsa", "RSA", "ssh-dss", "DSA");

    /// Reads `ALGORITHM BASE64 [comment]`. One key is always written the same way then, so that two
    /// are equal when they are one.
    public static Optional<HostKey> parse(String line) {
        String[] parts = line.strip().split("\\s+", 3);
        if (parts.length < 2 || !parts[1].startsWith("AAAA")) {
            return Optional.empty();
        }
        try {
            byte[] wire = Base64.getDecoder().decode(parts[1]);
            return Optional.of(new HostKey(name(wire).orElse(parts[0]), encoded(wire)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String encoded(byte[] wire) {
        return Base64.getEncoder().encodeToString(wire);
    }

    /// The name that a key, or a certificate of one, begins with itself; empty where it is not
    /// whole.
    public static Optional<String> name(byte[] wire) {
        try {
            return Optional.of(SshWire.text(ByteBuffer.wrap(wire)));
        } catch (IllegalArgumentException notWhole) {
            return Optional.empty();
        }
    }

    /// The key that an SSH server showed, in its wire format (RFC 4253, 6.6): a name, then numbers.
    ///
    /// @throws IllegalArgumentException when the bytes are none
    public static HostKey of(byte[] wire) {
        return new HostKey(
                name(wire).orElseThrow(() -> new IllegalArgumentException("no public key")),
                encoded(wire));
    }

    /// `SHA256:` and 43 characters, as OpenSSH prints it.
    public String fingerprint() {
        return "SHA256:"
                + Base64.getEncoder().withoutPadding().encodeToString(Sha256.digest(wire()));
    }

    /// As `ssh-keygen -l` prints it, without the comment: bits, fingerprint, kind.
    public String listed() {
        String kind =
                algorithm.startsWith("ecdsa-")
                        ? "ECDSA"
                        : KINDS.getOrDefault(algorithm, algorithm.toUpperCase(Locale.ROOT));
        return "%d %s (%s)".formatted(bits(), fingerprint(), kind);
    }

    /// 0 where it is no whole key of its kind.
    private int bits() {
        try {
            return bitsOfWhole();
        } catch (IllegalArgumentException _) {
            return 0;
        }
    }

    private int bitsOfWhole() {
        if (algorithm.equals("ssh-ed25519")) {
            return 256;
        }
        int curve = algorithm.indexOf("nistp");
        if (curve >= 0) {
            return Integer.parseInt(algorithm.substring(curve + "nistp".length()));
        }
        ByteBuffer numbers = ByteBuffer.wrap(wire());
        SshWire.part(numbers);
        if (algorithm.equals("ssh-rsa")) {
            SshWire.part(numbers);
        }
        return new BigInteger(1, SshWire.part(numbers)).bitLength();
    }

    private byte[] wire() {
        return Base64.getDecoder().decode(base64);
    }

    @Override
    public String toString() {
        return algorithm + " " + base64;
    }
}
