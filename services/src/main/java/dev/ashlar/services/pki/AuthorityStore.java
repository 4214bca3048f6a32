package dev.ashlar.services.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// A cluster's authorities on disk, `NAME/key.pem` and `NAME/certificate.pem`. An authority is made
/// when it is first asked for, whole or not at all; two processes that make it at once get the same
/// one. Safe for use by many threads.
public final class AuthorityStore {
    private final Path folder;
    private final String cluster;
    private final InstantSource clock;
    private final Map<String, Authority> known = new HashMap<>();

    /// @param folder where they lie; only its owner can enter it
    /// @param cluster the organisation in their names
    public AuthorityStore(Path folder, String cluster, InstantSource clock) {
        this.folder = folder;
        this.cluster = cluster;
        this.clock = clock;
    }

    /// The authority of that name, made when there is none.
    ///
    /// @throws IOException when it cannot be made, or what is there cannot be read
    synchronized Authority authority(String name) throws IOException {
        Authority held = known.get(name);
        if (held != null) {
            return held;
        }
        Path place = folder.resolve(name);
        if (!Files.isDirectory(place)) {
            make(name, place);
        }
        Authority authority = read(place);
        known.put(name, authority);
        return authority;
    }

    private void make(String name, Path place) throws IOException {
        PrivateFiles.makeFolder(folder);
        Authority authority = Authority.make(cluster, name, clock.instant());
        Path fresh = PrivateFiles.makeFolderBeside(place);
        PrivateFiles.writeNew(fresh.resolve("key.pem"), Pem.of(authority.key()), PrivateFiles.KEY);
        PrivateFiles.writeNew(
                fresh.resolve("certificate.pem"),
                Pem.of(authority.certificate()),
                PrivateFiles.PUBLIC);
        PrivateFiles.publish(fresh, place);
    }

    private static Authority read(Path place) throws IOException {
        try {
            return new Authority(
                    Pem.certificate(Files.readString(place.resolve("certificate.pem"))),
                    Pem.privateKey(Files.readString(place.resolve("key.pem"))));
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority in " + place + " cannot be read", e);
        }
    }
}
