package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A release's root file system, built once and shared read-only by all machines of all labs. The
/// name says what is in it; it appears whole (by rename) or not at all.
final class BaseImage {
    private static final Duration BUILD_WITHIN = Duration.ofMinutes(20);

    /// Raise when [BaseFiles] changes: an image made by another recipe is another image.
    private static final int RECIPE = 1;

    private static final List<String> PACKAGES =
            List.of(
                    "systemd",
                    "systemd-sysv",
                    "dbus",
                    "openssh-server",
                    "iproute2",
                    "iputils-ping",
                    "iptables",
                    "procps",
                    "ca-certificates",
                    "curl",
                    "sudo",
                    "busybox-static");

    private final LabSettings settings;

    BaseImage(LabSettings settings) {
        this.settings = settings;
    }

    /// Of the image's folder in the cache.
    String name() {
        String content = RECIPE + " " + settings.mirror() + " " + PACKAGES;
        return settings.release() + "-" + HexFormat.of().toHexDigits(content.hashCode());
    }

    static Path root(LabSettings settings, String name) {
        return settings.cache().resolve(name).resolve("root");
    }

    /// Makes it if it is not there. Callers on the whole host wait for the one that builds.
    void ensure(Consumer<String> progress) throws LabFault {
        if (isThere()) {
            return;
        }
        progress.accept(
                "making the base system for " + settings.release() + ", once, about a minute");
        HostLock.holding(
                "base-" + name(),
                BUILD_WITHIN,
                () -> {
                    if (!isThere()) {
                        build(progress);
                    }
                    return true;
                });
    }

    private boolean isThere() {
        return Files.isDirectory(root(settings, name()));
    }

    private void build(Consumer<String> progress) throws LabFault {
        List<AptSources.Source> sources = sources();
        String mirror =
                AptSources.mirror(sources, settings.release())
                        .orElseThrow(() ->
                                LabFault.site(
                                        "mirror",
                                        "this host's apt names no Debian mirror; give the"
                                                + " lab's setting mirror"));
        try {
            Files.createDirectories(settings.cache());
            removeUnfinished();
            Path fresh = settings.cache().resolve(".build-" + name() + "-" + UUID.randomUUID());
            Path root = Files.createDirectories(fresh.resolve("root"));
            String options = AptSources.fetchOptions(Command.of("apt-config", "dump").run());
            progress.accept("fetching and unpacking Debian " + settings.release());
            Command.of(debootstrap(root, mirror)).within(BUILD_WITHIN).with(proxy(options)).run();
            new BaseFiles(root).write(AptSources.render(sources), options);
            progress.accept("reading the package lists");
            Command.of("chroot", root.toString(), "apt-get", "update")
                    .within(Duration.ofMinutes(5))
                    .run();
            new BaseFiles(root).finish();
            Mounts.unmountBelow(fresh);
            Path place = settings.cache().resolve(name());
            Mounts.delete(place);
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw LabFault.site("base-image", "cannot make the base system: " + e.getMessage());
        }
    }

    private List<String> debootstrap(Path root, String mirror) {
        return List.of(
                "debootstrap",
                "--variant=minbase",
                "--include=" + String.join(",", PACKAGES),
                settings.release(),
                root.toString(),
                mirror);
    }

    /// apt's proxy, said as debootstrap's own downloader takes it.
    private static Map<String, String> proxy(String options) {
        return options.lines()
                .filter(line -> line.startsWith("Acquire::http::Proxy "))
                .map(line -> line.replaceAll(".*\"(.*)\";", "$1"))
                .findFirst()
                .map(uri -> Map.of("http_proxy", uri))
                .orElse(Map.of());
    }

    /// What a build that was killed left behind. Its downloader may still run: whatever still works
    /// in there is ended first.
    private void removeUnfinished() throws IOException, LabFault {
        List<Path> unfinished = new ArrayList<>();
        try (Stream<Path> entries = Files.list(settings.cache())) {
            entries.filter(
                            entry -> {
                                String file = entry.getFileName().toString();
                                return file.startsWith(".build-" + name())
                                        || file.startsWith(".doomed-");
                            })
                    .forEach(unfinished::add);
        }
        for (Path folder : unfinished) {
            Processes.naming(folder).forEach(Processes::kill);
            Mounts.unmountBelow(folder);
            Mounts.delete(folder);
        }
    }

    private List<AptSources.Source> sources() throws LabFault {
        if (settings.mirror().isPresent()) {
            return List.of(
                    new AptSources.Source(
                            settings.mirror().get(),
                            List.of(settings.release(), settings.release() + "-updates"),
                            List.of("main")));
        }
        List<AptSources.Source> all = new ArrayList<>();
        Path apt = Path.of("/etc/apt");
        try {
            String host =
                    KeyValueFile.parse(Files.readString(Path.of("/etc/os-release")))
                            .getOrDefault("VERSION_CODENAME", "");
            for (String file : List.of("sources.list", "sources.list.d/debian.list")) {
                if (Files.exists(apt.resolve(file))) {
                    all.addAll(AptSources.parseLines(Files.readString(apt.resolve(file))));
                }
            }
            Path paragraphs = apt.resolve("sources.list.d/debian.sources");
            if (Files.exists(paragraphs)) {
                all.addAll(
                        AptSources.parseParagraphs(
                                Files.readString(paragraphs, StandardCharsets.UTF_8)));
            }
            return AptSources.forRelease(all, host, settings.release());
        } catch (IOException e) {
            throw LabFault.site("mirror", "cannot read apt's sources: " + e.getMessage());
        }
    }
}
