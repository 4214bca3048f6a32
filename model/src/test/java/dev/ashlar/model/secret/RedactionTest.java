package dev.ashlar.model.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets in what people may see, however they are written there.
class RedactionTest {
    private static final String SECRET = "s3cr/t+\"pässword\" of 7";
    private static final Redaction REDACTION = Redaction.of(List.of(SECRET, "4711", "abc"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String stars(String of) {
        return "*".repeat(bytes(of).length);
    }

    @Test
    void whatIsNoneStaysAsItIs() {
        byte[] plain = bytes("nothing of that kind, 4710 and 4712");
        assertThat(REDACTION.applied(plain)).isSameAs(plain);
        assertThat(Redaction.NONE.applied(bytes(SECRET))).isEqualTo(bytes(SECRET));
        assertThat(REDACTION.applied("")).isEmpty();
        assertThat(REDACTION.applied("abc")).isEqualTo("abc");
    }

    @Test
    void starsStandInItsPlaceAsManyAsItsBytes() {
        assertThat(REDACTION.applied("password = " + SECRET + "\nnext"))
                .isEqualTo("password = " + stars(SECRET) + "\nnext");
        assertThat(REDACTION.applied("47114711 at 4711")).isEqualTo("******** at ****");
        assertThat(REDACTION.applied(SECRET)).isEqualTo(stars(SECRET));
    }

    @Test
    void everySpellingIsFound() {
        String hex = HexFormat.of().formatHex(bytes(SECRET));
        String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        for (String spelling :
                List.of(
                        hex,
                        hex.toUpperCase(Locale.ROOT),
                        url,
                        url.replace("+", "%20"),
                        "s3cr/t+\\\"pässword\\\" of 7",
                        "s3cr/t+\\\"p\\u00e4ssword\\\" of 7")) {
            assertThat(REDACTION.applied("<" + spelling + ">"))
                    .as(spelling)
                    .isEqualTo("<" + stars(spelling) + ">");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xy", "xyz", "user:", "a longer text before it "})
    void inBase64ItIsFoundWhereverItBegins(String before) {
        for (String after : List.of("", "1", "12", "123")) {
            byte[] whole = bytes(before + SECRET + after);
            for (Base64.Encoder encoder :
                    List.of(
                            Base64.getEncoder(),
                            Base64.getUrlEncoder(),
                            Base64.getEncoder().withoutPadding())) {
                String cleaned = REDACTION.applied(encoder.encodeToString(whole));
                // At most one character at each end is of the secret and of what is beside it.
                String left = cleaned.replaceAll("[*]", "");
                assertThat(left.length())
                        .as(cleaned)
                        .isLessThanOrEqualTo((before.length() + after.length()) * 4 / 3 + 7);
                assertThat(Base64.getEncoder().encodeToString(bytes(SECRET)).substring(4, 20))
                        .satisfies(part -> assertThat(cleaned).doesNotContain(part));
            }
        }
    }

    @Test
    void aPartOfItIsFoundWhereItWasCutOffOrBroken() {
        String text = "x".repeat(20) + SECRET;
        Redaction longer = Redaction.of(List.of(text));
        assertThat(longer.applied("…" + text.substring(7)))
                .isEqualTo("…" + stars(text.substring(7)));
        assertThat(longer.applied(text.substring(0, 25) + "…")).isEqualTo("*".repeat(25) + "…");
        String wrapped =
                Base64.getMimeEncoder(40, new byte[] {'\n'}).encodeToString(bytes(text + text));
        assertThat(longer.applied(wrapped).replaceAll("[*\\n=]", "").length()).isLessThan(8);
    }

    @Test
    void eachLineOfAKeyIsFoundAlone() {
        String key =
                """
                -----BEGIN PRIVATE KEY-----
                MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgs0me0neHasToTakeIt
                another0line0of0it0that0is0longer0than0sixteen
                -----END PRIVATE KEY-----
                """;
        Redaction redaction = Redaction.of(List.of(key));
        assertThat(redaction.applied(key.replace("\n", "\n  "))).doesNotContain("MIGH", "another0");
        assertThat(redaction.applied(key.strip())).matches("[*]+");
    }

    @Test
    void whatIsShortMayBeThereByChance() {
        assertThat(REDACTION.finds(bytes("port=4711"))).isFalse();
        assertThat(REDACTION.finds(bytes("token=" + SECRET))).isTrue();
        assertThat(REDACTION.finds(bytes("token=" + HexFormat.of().formatHex(bytes(SECRET)))))
                .isTrue();
        assertThat(REDACTION.finds(bytes("token=s3cr"))).isFalse();
    }

    private static String pem(Key key) {
        return "-----BEGIN KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END KEY-----\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void ofAVaultEverythingSecretIsHiddenAndNothingElse(String algorithm)
            throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        String publicKeys = pem(pair.getPublic()) + pem(other.getPublic());
        Vault vault =
                Vault.empty(new DigestKey(new byte[DigestKey.BYTES]))
                        .with("a", new Secret.Text("first-of-them"), false, "me", 1)
                        .with(
                                "b",
                                new Secret.Pair(pem(pair.getPrivate()), pem(pair.getPublic())),
                                true,
                                "me",
                                1);
        Redaction redaction = Redaction.of(vault);
        assertThat(redaction.applied("first-of-them " + publicKeys))
                .isEqualTo("************* " + publicKeys);
        assertThat(redaction.finds(bytes(publicKeys))).isFalse();
        String hidden = redaction.applied("> " + pem(pair.getPrivate()).replace("\n", "\n> "));
        pem(pair.getPrivate())
                .lines()
                .filter(line -> line.length() >= 16 && !line.startsWith("-"))
                .forEach(line -> assertThat(hidden).doesNotContain(line));
        assertThat(vault + "" + vault.secrets()).doesNotContain("first", "KEY");
    }

    @Test
    void aVersionIsNeverGivenTwice() {
        Vault vault = Vault.empty(new DigestKey(new byte[DigestKey.BYTES]));
        Vault twice =
                vault.with("a", new Secret.Text("one"), false, "me", 1)
                        .with("a", new Secret.Text("two"), false, "me", 2);
        assertThat(twice.secret("a").orElseThrow().version()).isEqualTo(2);
        Vault gone = twice.without("a");
        assertThat(gone.secret("a")).isEmpty();
        assertThat(gone.without("a").gone()).isEqualTo(new TreeMap<>(Map.of("a", 2)));
        assertThat(gone.nextVersion("a")).isEqualTo(3);
        assertThat(gone.nextVersion("b")).isEqualTo(1);
    }
}
