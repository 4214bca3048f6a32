package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.ashlar.model.text.Sha256;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small signed repository of packages, made with Debian's own tools and served over HTTP.
final class PackageSource implements AutoCloseable {
    private final Path folder;
    private final String home;
    private final HttpServer server;

    /// @param address where it is served
    PackageSource(Path folder, String address) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("served"));
        this.home = Files.createDirectories(folder.resolve("keys")).toString();
        run("chmod 700 %s".formatted(home));
        for (String name : new String[] {"ours", "other"}) {
            run("%s --passphrase '' --quick-gen-key %s ed25519 sign never".formatted(gpg(), name));
        }
        server =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(address, 0),
                        this.folder,
                        SimpleFileServer.OutputLevel.NONE);
        server.start();
    }

    private String gpg() {
        return "gpg --homedir %s --batch --quiet --pinentry-mode loopback".formatted(home);
    }

    /// The armoured public key of `ours`, which signs, or `other`.
    String key(String name) throws IOException {
        Path file = folder.resolve(name + ".asc");
        run("%s --yes --armor --output %s --export %s".formatted(gpg(), file, name));
        return Files.readString(file);
    }

    /// Adds a suite that holds one package in one version; the answer is the address to fetch from.
    String publish(String suite, String name, String version) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("build/DEBIAN"));
        String control =
                "Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: nobody <n@example.org>\nDescription: a test\n"
                        .formatted(name, version);
        Files.writeString(tree.resolve("control"), control);
        Files.writeString(tree.resolveSibling("version-of-" + name), version + "\n");
        Path pool = Files.createDirectories(folder.resolve("pool"));
        String file = "%s_%s_all.deb".formatted(name, version);
        run(
                "dpkg-deb --root-owner-group -b %s %s >&2"
                        .formatted(tree.getParent(), pool.resolve(file)));
        byte[] deb = Files.readAllBytes(pool.resolve(file));
        Path dist = Files.createDirectories(folder.resolve("dists/" + suite));
        Path index = Files.createDirectories(dist.resolve("main/binary-amd64")).resolve("Packages");
        Files.writeString(
                index,
                control
                        + "Filename: pool/%s\nSize: %d\nSHA256: %s\n"
                                .formatted(file, deb.length, Sha256.hex(deb)));
        byte[] packages = Files.readAllBytes(index);
        Files.writeString(
                dist.resolve("Release"),
                "Suite: %s\nArchitectures: amd64\nComponents: main\nDate: %s\nSHA256:\n %s %d main/binary-amd64/Packages\n"
                        .formatted(
                                suite,
                                java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC)),
                                Sha256.hex(packages),
                                packages.length));
        run(
                "cd %s && %s --yes -u ours --clearsign --output InRelease Release"
                        .formatted(dist, gpg()));
        return base();
    }

    /// Serves a file; the answer is its address.
    String serve(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
        return base() + "/" + name;
    }

    private String base() {
        return "http://%s:%d"
                .formatted(
                        server.getAddress().getAddress().getHostAddress(),
                        server.getAddress().getPort());
    }

    private static void run(String script) throws IOException {
        try {
            assertThat(new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor())
                    .as(script)
                    .isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        run("gpgconf --homedir %s --kill all".formatted(home));
    }
}
