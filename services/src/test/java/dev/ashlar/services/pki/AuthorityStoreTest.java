package dev.ashlar.services.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir Path folder;

    @Test
    void anAuthorityMaySignNoFurtherAuthority() throws Exception {
        X509Certificate certificate = store().authority("etcd").certificate();
        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getKeyUsage()[5]).isTrue();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getNotAfter().toInstant())
                .isAfter(NOW.plus(java.time.Duration.ofDays(3_650)));
    }

    @Test
    void isTheSameWheneverItIsAskedFor() throws IOException {
        X509Certificate first = store().authority("etcd").certificate();
        assertThat(store().authority("etcd").certificate()).isEqualTo(first);
        assertThat(store().authority("other").certificate()).isNotEqualTo(first);
    }

    @Test
    void itsKeyIsItsOwnersAlone() throws IOException {
        store().authority("etcd");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("pki/etcd/key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void makersAtOnceGetTheSameOneAndLeaveNothingHalf() throws Exception {
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<X509Certificate> maker = () -> store().authority("etcd").certificate();
            List<X509Certificate> all =
                    many.invokeAll(Stream.generate(() -> maker).limit(24).toList()).stream()
                            .map(Future::resultNow)
                            .distinct()
                            .toList();
            assertThat(all).hasSize(1);
        }
        try (Stream<Path> left = Files.list(folder.resolve("pki"))) {
            assertThat(left).containsExactly(folder.resolve("pki/etcd"));
        }
    }

    @Test
    void whatACrashLeftBehindIsNoAuthority() throws IOException {
        Path half = Files.createDirectories(folder.resolve("pki/.etcd.new-crashed"));
        Files.writeString(half.resolve("key.pem"), "half a k");
        assertThat(store().authority("etcd").certificate().getSubjectX500Principal().getName())
                .isEqualTo("CN=etcd,O=demo");
    }

    /// A store as another process would have it.
    private AuthorityStore store() {
        return new AuthorityStore(folder.resolve("pki"), "demo", () -> NOW);
    }
}
