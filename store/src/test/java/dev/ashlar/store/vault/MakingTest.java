package dev.ashlar.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class MakingTest {
    private final Making making = new Making();

    private String text(Recipe recipe) {
        if (making.content(recipe) instanceof Secret.Text(String text)) {
            return text;
        }
        throw new AssertionError("no text");
    }

    @Test
    void aPasswordHasItsLengthAndAllOfItsAlphabet() {
        for (String alphabet : List.of(Recipe.Password.ALPHABET, "ab", "ü\uD83D\uDE00€\u0000")) {
            int[] password = text(new Recipe.Password(20_000, alphabet)).codePoints().toArray();
            assertThat(password).hasSize(20_000);
            assertThat(Arrays.stream(password).distinct().sorted().toArray())
                    .isEqualTo(alphabet.codePoints().sorted().toArray());
        }
        assertThat(text(new Recipe.Password(1, "ab"))).hasSize(1);
    }

    /// A fold of random bytes onto 62 characters would give some a quarter more than others: here
    /// each has 10,000 of 620,000, and 1,000 more or less is ten times what chance does.
    @Test
    void noCharacterIsLikelierThanAnother() {
        int[] count = new int[128];
        text(new Recipe.Password(620_000, Recipe.Password.ALPHABET))
                .chars()
                .forEach(c -> count[c]++);
        Recipe.Password.ALPHABET
                .chars()
                .forEach(c -> assertThat(count[c]).isBetween(9_000, 11_000));
    }

    @Test
    void aTokenIsSoManyBytesInHexadecimal() {
        assertThat(text(new Recipe.Token(32))).matches("[0-9a-f]{64}");
        assertThat(text(new Recipe.Token(1))).matches("[0-9a-f]{2}");
        assertThat(text(new Recipe.Token(32))).isNotEqualTo(text(new Recipe.Token(32)));
    }

    @Test
    void whatMakesNothingIsRefused() {
        for (Recipe recipe :
                List.of(
                        new Recipe.Password(0, "ab"),
                        new Recipe.Password(-1, "ab"),
                        new Recipe.Password(8, ""),
                        new Recipe.Password(8, "a"),
                        new Recipe.Password(8, "aab"),
                        new Recipe.Password(8, "\uD83Da\uDE00"),
                        new Recipe.Token(0))) {
            assertThatThrownBy(() -> making.content(recipe))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aKeyPairSignsAndProves() throws Exception {
        assertThat(pair(Recipe.Algorithm.ED25519, "Ed25519", "Ed25519").getAlgorithm())
                .isEqualTo("EdDSA");
        assertThat(pair(Recipe.Algorithm.ECDSA, "EC", "SHA256withECDSA"))
                .isInstanceOfSatisfying(
                        ECPublicKey.class,
                        key -> assertThat(key.getParams().toString()).contains("secp256r1"));
        assertThat(pair(Recipe.Algorithm.RSA, "RSA", "SHA256withRSA"))
                .isInstanceOfSatisfying(
                        RSAPublicKey.class,
                        key -> assertThat(key.getModulus().bitLength()).isEqualTo(3072));
    }

    private PublicKey pair(Recipe.Algorithm algorithm, String keys, String signatures)
            throws Exception {
        if (!(making.content(new Recipe.KeyPair(algorithm))
                instanceof Secret.Pair(String privatePem, String publicPem))) {
            throw new AssertionError("no pair");
        }
        KeyFactory factory = KeyFactory.getInstance(keys);
        PrivateKey privateKey =
                factory.generatePrivate(
                        new PKCS8EncodedKeySpec(content("PRIVATE KEY", privatePem)));
        PublicKey publicKey =
                factory.generatePublic(new X509EncodedKeySpec(content("PUBLIC KEY", publicPem)));
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        Signature sign = Signature.getInstance(signatures);
        sign.initSign(privateKey);
        sign.update(text);
        byte[] signature = sign.sign();
        sign.initVerify(publicKey);
        sign.update(text);
        assertThat(sign.verify(signature)).isTrue();
        return publicKey;
    }

    private static byte[] content(String label, String pem) {
        assertThat(pem).endsWith("-----END " + label + "-----\n");
        List<String> lines = pem.lines().toList();
        assertThat(lines.getFirst()).isEqualTo("-----BEGIN " + label + "-----");
        List<String> base64 = lines.subList(1, lines.size() - 1);
        assertThat(base64.subList(0, base64.size() - 1)).allMatch(line -> line.length() == 64);
        assertThat(base64.getLast()).hasSizeBetween(1, 64);
        return Base64.getDecoder().decode(String.join("", base64));
    }

    @Test
    void noTwoDigestKeysAreTheSame() {
        assertThat(making.digestKey()).isNotEqualTo(making.digestKey());
    }
}
