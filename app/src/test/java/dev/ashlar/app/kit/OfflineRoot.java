package dev.ashlar.app.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A root of somebody's own, made with openssl, whose key no state of a cluster ever has.
public record OfflineRoot(Path folder) {

    public static OfflineRoot in(Path folder) {
        try {
            OfflineRoot root = new OfflineRoot(Files.createDirectories(folder));
            root.openssl(
                    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 7300"
                            + " -keyout root.key -out root.pem -subj",
                    "/CN=Our root");
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path certificate() {
        return folder.resolve("root.pem");
    }

    /// Signs what is asked for, as it is asked for.
    ///
    /// @return a file with the certificate and the root's
    public Path sign(Path request) {
        openssl(
                "x509 -req -days 1825 -copy_extensions copy -CA root.pem -CAkey root.key"
                        + " -CAcreateserial -out signed.pem -in",
                request.toAbsolutePath().toString());
        Path chain = folder.resolve("chain.pem");
        try {
            Files.writeString(
                    chain,
                    Files.readString(folder.resolve("signed.pem"))
                            + Files.readString(certificate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return chain;
    }

    private void openssl(String words, String last) {
        try {
            List<String> command =
                    Stream.of(Stream.of("openssl"), Stream.of(words.split(" ")), Stream.of(last))
                            .flatMap(all -> all)
                            .toList();
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
