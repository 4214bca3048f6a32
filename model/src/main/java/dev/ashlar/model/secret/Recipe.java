package dev.ashlar.model.secret;

import dev.ashlar.model.type.Type;
import dev.ashlar.model.type.Type.Scalar;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How a secret is made where nobody gives it.
public sealed interface Recipe {
    /// The most characters or bytes of one.
    int LONGEST = 4096;

    /// So many characters, each picked at random from an alphabet.
    ///
    /// @param alphabet at least two different characters, each once
    record Password(int length, String alphabet) implements Recipe {
        public static final int LENGTH = 24;
        public static final String ALPHABET =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

        /// What is made where nothing else is said.
        public static final Password USUAL = new Password(LENGTH, ALPHABET);

        /// True of what can be picked from: at least two characters, each once.
        public static boolean isAlphabet(String text) {
            long different = text.codePoints().distinct().count();
            return different >= 2 && different == text.codePointCount(0, text.length());
        }

        @Override
        public Type type() {
            return Recipe.TEXT;
        }
    }

    /// So many random bytes, as hexadecimal digits.
    record Token(int bytes) implements Recipe {
        public static final int BYTES = 32;

        /// What is made where nothing else is said.
        public static final Token USUAL = new Token(BYTES);

        @Override
        public Type type() {
            return Recipe.TEXT;
        }
    }

    /// A private key (PKCS #8) and its public key (SubjectPublicKeyInfo), both as PEM (RFC 7468).
    record KeyPair(Algorithm algorithm) implements Recipe {
        @Override
        public Type type() {
            return Recipe.PAIR;
        }
    }

    /// What a key pair is for: signatures of that kind.
    enum Algorithm {
        ED25519,
        /// On the curve P-256.
        ECDSA,
        /// With 3072 bits.
        RSA
    }

    Type TEXT = new Type.Secret(Scalar.TEXT);

    /// The field of a key pair that is secret, and the one that is not.
    String PRIVATE_KEY = "private_key";

    String PUBLIC_KEY = "public_key";

    Type.Struct PAIR = pair();

    /// Of what it makes.
    Type type();

    private static Type.Struct pair() {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        fields.put(PRIVATE_KEY, TEXT);
        fields.put(PUBLIC_KEY, Scalar.TEXT);
        return Type.Struct.of("KeyPair", fields);
    }
}
