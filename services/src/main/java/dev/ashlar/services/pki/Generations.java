package dev.ashlar.services.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// The certificates and keys of one authority on disk: the first in its folder, each later one in a
/// folder of its own below, by number. Each is there whole or not at all.
final class Generations {
    private static final String KEY = "key.pem";
    private static final String CERTIFICATE = "certificate.pem";

    private Generations() {}

    private static Path place(Path folder, int number) {
        return number == 1 ? folder : folder.resolve(Integer.toString(number));
    }

    static boolean isThere(Path folder, int number) {
        return Files.exists(place(folder, number).resolve(CERTIFICATE));
    }

    static X509Certificate certificate(Path folder, int number) throws IOException {
        Path file = place(folder, number).resolve(CERTIFICATE);
        try {
            return Pem.certificate(Files.readString(file));
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority in " + file + " cannot be read", e);
        }
    }

    static Authority read(Path folder, int number) throws IOException {
        Path file = place(folder, number).resolve(KEY);
        try {
            return new Authority(
                    number, certificate(folder, number), Pem.privateKey(Files.readString(file)));
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority in " + file + " cannot be read", e);
        }
    }

    /// Makes one, unless another was faster.
    static void make(Path folder, String cluster, int number, Instant now) throws IOException {
        Path place = place(folder, number);
        String name = String.valueOf(folder.getFileName());
        PrivateFiles.makeFolder(place.toAbsolutePath().resolveSibling(""));
        Authority authority = Authority.make(cluster, name, number, now);
        Path fresh = PrivateFiles.makeFolderBeside(place);
        PrivateFiles.writeNew(fresh.resolve(KEY), Pem.of(authority.key()), PrivateFiles.KEY);
        PrivateFiles.writeNew(
                fresh.resolve(CERTIFICATE), Pem.of(authority.certificate()), PrivateFiles.PUBLIC);
        PrivateFiles.publish(fresh, place);
    }
}
