package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/// One machine's disk: a writable layer over the base image, in a folder or, where it has a size,
/// in an image file. Mounted only while the machine has power.
///
/// @param folder the machine's
/// @param base the image's root
record MachineDisk(Path folder, Path base, Optional<Integer> megabytes) {

    /// Where the machine's file system is seen while it is mounted.
    Path root() {
        return folder.resolve("root");
    }

    private Path layer() {
        return folder.resolve("disk");
    }

    private Path image() {
        return folder.resolve("disk.img");
    }

    /// Says, by being there, that the disk carries all that [#furnish] writes.
    private Path furnished() {
        return folder.resolve("furnished");
    }

    private Path hostKey() {
        return folder.resolve("host_key");
    }

    /// Mounts it and, the first time, writes what makes it this machine's.
    void ensure(String machine, String address, Path authorized) throws LabFault {
        try {
            if (!Files.exists(furnished())) {
                erase();
            }
            mount();
            if (!Files.exists(furnished())) {
                furnish(machine, authorized);
                KeyValueFile.replace(furnished(), "yes\n");
            }
            address(machine, address);
        } catch (IOException e) {
            throw LabFault.site("disk", "cannot prepare the machine's disk: " + e.getMessage());
        }
    }

    /// Drops all that was ever written to it. The machine must be without power.
    void erase() throws LabFault {
        unmount();
        try {
            Files.deleteIfExists(furnished());
            Files.deleteIfExists(image());
        } catch (IOException e) {
            throw LabFault.site("disk", "cannot erase the machine's disk: " + e.getMessage());
        }
        Mounts.delete(layer());
    }

    void unmount() throws LabFault {
        Mounts.unmountBelow(root());
        Mounts.unmountBelow(layer());
    }

    private void mount() throws IOException, LabFault {
        if (!Files.isDirectory(base)) {
            throw LabFault.site(
                    "base-image", "the base system " + base + " of this machine is gone: wipe it");
        }
        if (Mounts.isMounted(root())) {
            return;
        }
        Files.createDirectories(root());
        Files.createDirectories(layer());
        if (megabytes.isPresent() && !Mounts.isMounted(layer())) {
            if (!Files.exists(image())) {
                format(megabytes.get());
            }
            Command.of("mount", "-o", "loop", image().toString(), layer().toString()).run();
        }
        Path upper = Files.createDirectories(layer().resolve("upper"));
        Path work = Files.createDirectories(layer().resolve("work"));
        Files.setPosixFilePermissions(upper, PosixFilePermissions.fromString("rwxr-xr-x"));
        String layers = "lowerdir=" + base + ",upperdir=" + upper + ",workdir=" + work;
        Command.of("mount", "-t", "overlay", "overlay", "-o", layers, root().toString()).run();
    }

    private void format(int size) throws IOException, LabFault {
        Path fresh = folder.resolve("disk.new");
        Files.deleteIfExists(fresh);
        Command.of("truncate", "-s", size + "M", fresh.toString()).run();
        Command.of("mkfs.ext4", "-q", "-m", "0", fresh.toString()).run();
        Files.move(fresh, image(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void furnish(String machine, Path authorized) throws IOException, LabFault {
        SshKeys.ensure(hostKey(), machine);
        Path root = root();
        Files.writeString(root.resolve("etc/hostname"), machine + "\n");
        Files.writeString(
                root.resolve("etc/machine-id"),
                UUID.randomUUID().toString().replace("-", "") + "\n");
        Files.copy(
                BaseFiles.resolvConf(),
                root.resolve("etc/resolv.conf"),
                StandardCopyOption.REPLACE_EXISTING);
        Path ssh = Files.createDirectories(root.resolve("root/.ssh"));
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
        copy(authorized, ssh.resolve("authorized_keys"), "rw-------");
        Path theirs = root.resolve("etc/ssh/ssh_host_ed25519_key");
        copy(hostKey(), theirs, "rw-------");
        copy(SshKeys.publicHalf(hostKey()), SshKeys.publicHalf(theirs), "rw-r--r--");
    }

    /// Tells the machine its own name. The address may be another than at the last start.
    private void address(String machine, String address) throws IOException {
        Path hosts = root().resolve("etc/hosts");
        String text = "127.0.0.1 localhost\n::1 localhost\n" + address + " " + machine + "\n";
        String before = Files.exists(hosts) ? Files.readString(hosts) : "";
        if (!before.contains(address + " " + machine + "\n")) {
            Files.writeString(hosts, text);
        }
    }

    private static void copy(Path from, Path to, String mode) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString(mode));
    }

    /// The machine's host key, made before it first starts and kept when it is wiped.
    Path ensureHostKey(String machine) throws LabFault {
        SshKeys.ensure(hostKey(), machine);
        return hostKey();
    }
}
