package dev.ashlar.services.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The certificates and keys of one authority on disk: the first in its folder, each later one in a
/// folder of its own below, by number. Each is there whole or not at all.
final class Generations {
    static final String KEY = "key.pem";
    static final String CERTIFICATE = "certificate.pem";

    private Generations() {}

    private static Path place(Path folder, int number) {
        return number == 1 ? folder : folder.resolve(Integer.toString(number));
    }

    static boolean isThere(Path folder, int number) {
        return Files.exists(place(folder, number).resolve(CERTIFICATE));
    }

    /// All of one authority, oldest first.
    static List<Chain> chains(Path folder) throws IOException {
        List<Chain> chains = new ArrayList<>();
        for (int number = 1; isThere(folder, number); number++) {
            chains.add(chain(folder, number));
        }
        return chains;
    }

    static Chain chain(Path folder, int number) throws IOException {
        return chain(place(folder, number).resolve(CERTIFICATE));
    }

    static Chain chain(Path file) throws IOException {
        try {
            return Chain.parse(Files.readString(file));
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority in " + file + " cannot be read", e);
        }
    }

    static Authority read(Path folder, int number) throws IOException {
        Path file = place(folder, number).resolve(KEY);
        try {
            Chain chain = chain(folder, number);
            PrivateKey key = Pem.privateKey(Files.readString(file));
            if (!Keys.isPair(key, chain.own().getPublicKey())) {
                throw new IOException(
                        "%s is not the key of the %s beside it".formatted(file, CERTIFICATE));
            }
            return new Authority(number, chain, key);
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority in " + file + " cannot be read", e);
        }
    }

    /// Makes one, unless another was faster; or takes the one that another authority has signed.
    ///
    /// @throws UnsignedException when that one is still to be signed
    static void make(Path folder, String cluster, int number, Instant now) throws IOException {
        Path place = place(folder, number);
        String name = String.valueOf(folder.getFileName());
        PrivateFiles.makeFolder(place.toAbsolutePath().resolveSibling(""));
        Path waiting = Intermediates.place(folder, number);
        if (Files.isDirectory(waiting)) {
            if (!Files.exists(waiting.resolve(CERTIFICATE))) {
                throw new UnsignedException(name);
            }
            PrivateFiles.move(waiting, place);
            return;
        }
        Authority authority = Authority.make(cluster, name, number, now);
        Path fresh = PrivateFiles.makeFolderBeside(place);
        PrivateFiles.writeNew(fresh.resolve(KEY), Pem.of(authority.key()), PrivateFiles.KEY);
        PrivateFiles.writeNew(
                fresh.resolve(CERTIFICATE), Pem.of(authority.certificate()), PrivateFiles.PUBLIC);
        PrivateFiles.publish(fresh, place);
    }
}
