package dev.ashlar.providers.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How a lab makes its machines.
///
/// @param folder where labs keep their machines' disks and records
/// @param cache where base root file systems are kept, shared by all labs
/// @param release Debian's code name
/// @param mirror where Debian comes from; empty = as the host's own apt is set up
/// @param diskMegabytes size of a machine's disk; empty = as much as the host has
/// @param bootWithin how long a machine may take to answer on SSH
/// @param stopWithin how long a clean shutdown may take before the power is cut
public record LabSettings(
        Path folder,
        Path cache,
        String release,
        Optional<String> mirror,
        Optional<Integer> diskMegabytes,
        Duration bootWithin,
        Duration stopWithin) {

    /// The defaults, with the folders that `ASHLAR_LAB_DIR` and `ASHLAR_LAB_CACHE` name.
    public static LabSettings standard(Map<String, String> environment) {
        return new LabSettings(
                Path.of(environment.getOrDefault("ASHLAR_LAB_DIR", "/var/lib/ashlar/lab")),
                Path.of(environment.getOrDefault("ASHLAR_LAB_CACHE", "/var/cache/ashlar/lab")),
                "bookworm",
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30));
    }

    public LabSettings withRelease(String name) {
        return new LabSettings(folder, cache, name, mirror, diskMegabytes, bootWithin, stopWithin);
    }

    public LabSettings withMirror(String uri) {
        return new LabSettings(
                folder, cache, release, Optional.of(uri), diskMegabytes, bootWithin, stopWithin);
    }

    public LabSettings withDiskMegabytes(int size) {
        return new LabSettings(
                folder, cache, release, mirror, Optional.of(size), bootWithin, stopWithin);
    }

    public LabSettings withFolder(Path other) {
        return new LabSettings(
                other, cache, release, mirror, diskMegabytes, bootWithin, stopWithin);
    }

    public LabSettings withBootWithin(Duration bound) {
        return new LabSettings(folder, cache, release, mirror, diskMegabytes, bound, stopWithin);
    }

    public LabSettings withStopWithin(Duration bound) {
        return new LabSettings(folder, cache, release, mirror, diskMegabytes, bootWithin, bound);
    }
}
