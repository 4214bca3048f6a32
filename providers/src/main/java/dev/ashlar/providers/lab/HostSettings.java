package dev.ashlar.providers.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Kernel settings that all labs of a host share: raised by the first lab, put back by the last.
/// The caller holds the host's lock.
///
/// @param record where the former values are kept meanwhile
/// @param boot the file that tells one boot of the host from another: former values of an earlier
///   boot mean nothing
/// @param needed the least value of each setting's file
record HostSettings(Path record, Path boot, Map<Path, Integer> needed) {
    private static final String BOOT = "boot";

    static HostSettings ofThisHost() {
        return new HostSettings(
                HostLock.RUNTIME.resolve("host-settings"),
                Path.of("/proc/sys/kernel/random/boot_id"),
                Map.of(
                        Path.of("/proc/sys/net/ipv4/ip_forward"), 1,
                        Path.of("/proc/sys/fs/inotify/max_user_instances"), 8192));
    }

    /// Raises what is too low; the former value is on disk before it is changed.
    void raise() throws LabFault {
        SequencedMap<String, String> before = former();
        for (Map.Entry<Path, Integer> setting : needed.entrySet()) {
            String now = read(setting.getKey());
            if (Integer.parseInt(now) < setting.getValue()) {
                before.put(BOOT, read(boot));
                before.putIfAbsent(setting.getKey().toString(), now);
                KeyValueFile.write(record, before);
                write(setting.getKey(), setting.getValue().toString());
            }
        }
    }

    /// Puts back what [#raise] changed and nobody has changed since.
    void restore() throws LabFault {
        SequencedMap<String, String> before = former();
        for (Map.Entry<Path, Integer> setting : needed.entrySet()) {
            String value = before.get(setting.getKey().toString());
            if (value != null && read(setting.getKey()).equals(setting.getValue().toString())) {
                write(setting.getKey(), value);
            }
        }
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            throw LabFault.site("state", "cannot delete " + record + ": " + e.getMessage());
        }
    }

    private SequencedMap<String, String> former() throws LabFault {
        SequencedMap<String, String> before = KeyValueFile.read(record);
        return read(boot).equals(before.get(BOOT)) ? before : new LinkedHashMap<>();
    }

    /// In one read: the kernel answers a second read of such a file with its end, so that reading
    /// it byte by byte makes 1 of 128.
    private static String read(Path setting) throws LabFault {
        try (InputStream content = Files.newInputStream(setting)) {
            return new String(content.readNBytes(128), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw LabFault.site("host-setting", "cannot read " + setting + ": " + e.getMessage());
        }
    }

    private static void write(Path setting, String value) throws LabFault {
        try {
            Files.writeString(setting, value);
        } catch (IOException e) {
            throw LabFault.site("host-setting", "cannot set " + setting + ": " + e.getMessage());
        }
    }
}
