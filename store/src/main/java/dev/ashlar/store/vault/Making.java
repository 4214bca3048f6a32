package dev.ashlar.store.vault;

import dev.ashlar.model.secret.DigestKey;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// Makes secrets, by chance that nobody can foresee. Immutable.
public final class Making {
    private static final int RSA_BITS = 3072;

    /// RFC 7468, 2: what writes PEM breaks its lines there.
    private static final int PEM_COLUMNS = 64;

    private final SecureRandom random = new SecureRandom();

    /// A new key for the digests of a vault.
    public DigestKey digestKey() {
        return new DigestKey(AesKey.randomBytes(DigestKey.BYTES));
    }

    /// @throws IllegalArgumentException for a recipe that makes nothing: without a length, or an
    ///   alphabet of two different characters
    public Secret.Content content(Recipe recipe) {
        return switch (recipe) {
            case Recipe.Password(int length, String alphabet) ->
                    new Secret.Text(password(length, alphabet));
            case Recipe.Token(int bytes) -> new Secret.Text(token(bytes));
            case Recipe.KeyPair(Recipe.Algorithm algorithm) -> pair(algorithm);
        };
    }

    /// By code points: a character need not be one `char`.
    private String password(int length, String alphabet) {
        if (length < 1 || !Recipe.Password.isAlphabet(alphabet) || !Fitness.isText(alphabet)) {
            throw new IllegalArgumentException("no password is made of that");
        }
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < length; i++) {
            // Each with the same probability: the bounded call draws again instead of folding.
            password.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return password.toString();
    }

    private static String token(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("no token is made of that");
        }
        return HexFormat.of().formatHex(AesKey.randomBytes(bytes));
    }

    private Secret.Pair pair(Recipe.Algorithm algorithm) {
        try {
            KeyPair pair = generator(algorithm).generateKeyPair();
            return new Secret.Pair(
                    pem("PRIVATE KEY", pair.getPrivate()), pem("PUBLIC KEY", pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private KeyPairGenerator generator(Recipe.Algorithm algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case ED25519 -> KeyPairGenerator.getInstance("Ed25519");
            case ECDSA -> {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"), random);
                yield generator;
            }
            case RSA -> {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(RSA_BITS, random);
                yield generator;
            }
        };
    }

    /// As RFC 7468 says; the JDK encodes the two as PKCS #8 and SubjectPublicKeyInfo.
    private static String pem(String label, Key key) {
        byte[] encoded = key.getEncoded();
        try {
            return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                    .formatted(
                            label,
                            Base64.getMimeEncoder(
                                            PEM_COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII))
                                    .encodeToString(encoded),
                            label);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }
}
