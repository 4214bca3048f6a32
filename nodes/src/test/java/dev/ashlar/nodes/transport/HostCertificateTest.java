package dev.ashlar.nodes.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.node.HostKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCertificateTest {
    private static final String PRINCIPAL = "ashlar:store-1";
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

    private static String line(String name) {
        String file = "certificates.txt";
        try (InputStream in = HostCertificateTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.split(" ", 2)[1])
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] wire(String name) {
        return Base64.getDecoder().decode(line(name).split(" ", 2)[1]);
    }

    private static HostKey key(String name) {
        return HostKey.parse(line(name)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
    void itIsOfTheMachinesKey(String kind) {
        HostCertificate read = HostCertificate.parse(wire(kind + "-cert")).orElseThrow();
        assertThat(read.key()).isEqualTo(key("h-" + kind));
        assertThat(read.authority()).isEqualTo(key("ca"));
        assertThat(read.principals()).containsExactly(PRINCIPAL);
        assertThat(read.isFor(PRINCIPAL, NOW)).isTrue();
        assertThat(read.isFor("ashlar:store-2", NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-cert", "rsaca-cert", "h-ed25519", "ca"})
    void whatIsOfNoHostOrByNoTokenIsNone(String name) {
        assertThat(HostCertificate.parse(wire(name))).isEmpty();
    }

    @Test
    void oneForEverybodyOrForSeveralOrForAnotherTimeIsNotForTheNode() {
        HostCertificate all = HostCertificate.parse(wire("all-cert")).orElseThrow();
        assertThat(all.isFor(PRINCIPAL, NOW)).isFalse();
        HostCertificate timed = HostCertificate.parse(wire("timed-cert")).orElseThrow();
        assertThat(timed.principals()).isEqualTo(List.of(PRINCIPAL, "other"));
        HostCertificate alone =
                new HostCertificate(
                        timed.key(),
                        List.of(PRINCIPAL),
                        timed.authority(),
                        timed.from(),
                        timed.until());
        assertThat(alone.isFor(PRINCIPAL, Instant.ofEpochSecond(timed.from() - 1))).isFalse();
        assertThat(alone.isFor(PRINCIPAL, Instant.ofEpochSecond(timed.from()))).isTrue();
        assertThat(alone.isFor(PRINCIPAL, Instant.ofEpochSecond(timed.until() - 1))).isTrue();
        assertThat(alone.isFor(PRINCIPAL, Instant.ofEpochSecond(timed.until()))).isFalse();
    }

    /// Whatever byte is changed, wherever it is cut, and whatever comes behind it.
    @ParameterizedTest
    @ValueSource(strings = {"ed25519-cert", "rsa-cert", "ecdsa-cert"})
    void oneThatWasTamperedWithIsNone(String name) {
        byte[] whole = wire(name);
        HostKey authority = key("ca");
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            assertThat(counting(changed, authority)).as("byte " + at).isEmpty();
            assertThat(counting(Arrays.copyOf(whole, at), authority)).as("cut at " + at).isEmpty();
        }
        assertThat(counting(Arrays.copyOf(whole, whole.length + 1), authority)).isEmpty();
        assertThat(counting(whole, authority)).isPresent();
    }

    private static Optional<HostCertificate> counting(byte[] wire, HostKey authority) {
        return HostCertificate.parse(wire).filter(one -> one.authority().equals(authority));
    }
}
