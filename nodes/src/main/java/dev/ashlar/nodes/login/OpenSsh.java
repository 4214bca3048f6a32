package dev.ashlar.nodes.login;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.nodes.channel.ShellText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `ssh` to a machine, through its jump hosts, each of which must show a key that is pinned for it.
///
/// @param access how it is reached
/// @param folder where the pinned keys are kept for `ssh` to read: a file for each set of them,
///   named by its digest, so that a command goes on meaning the same
public record OpenSsh(NodeAccess access, Path folder) {

    /// The command.
    ///
    /// @param terminal whether a command gets a terminal too, as a login does
    /// @param remote a program and its arguments, which reach it exactly so; empty for a login
    public List<String> words(boolean terminal, List<String> remote) {
        List<String> words = reaching(access);
        if (terminal) {
            words.add("-t");
        }
        words.add("--");
        words.add(access.address());
        if (!remote.isEmpty()) {
            words.add(ShellText.quoted(remote));
        }
        return words;
    }

    /// Writes the pinned keys that the command's files are to hold, readable by nobody else.
    public void keepKeys() throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Optional<NodeAccess> hop = Optional.of(access);
                hop.isPresent();
                hop = hop.get().jump()) {
            Path part = Files.createTempFile(folder, ".new", "");
            Files.writeString(part, pinned(hop.get()));
            Files.move(
                    part,
                    knownHosts(hop.get()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private List<String> reaching(NodeAccess hop) {
        List<String> words = new ArrayList<>(List.of("ssh", "-F", "none"));
        words.addAll(List.of("-p", Integer.toString(hop.port()), "-l", hop.user()));
        words.addAll(List.of("-i", unexpanded(hop.identity().toString())));
        List<String> options =
                List.of(
                        "IdentitiesOnly=yes",
                        "PreferredAuthentications=publickey",
                        "StrictHostKeyChecking=yes",
                        "HostKeyAlias=" + name(hop),
                        "HostKeyAlgorithms=" + hop.hostKeyAlgorithms(),
                        "UserKnownHostsFile=\"" + unexpanded(knownHosts(hop).toString()) + "\"",
                        "GlobalKnownHostsFile=/dev/null",
                        "UpdateHostKeys=no",
                        "ConnectTimeout=10",
                        "LogLevel=ERROR");
        options.forEach(option -> words.addAll(List.of("-o", option)));
        hop.jump().ifPresent(jump -> words.addAll(List.of("-o", "ProxyCommand=" + proxy(jump))));
        return words;
    }

    /// For a shell, which gets it once `ssh` has put in the address and the port behind the jump.
    private String proxy(NodeAccess jump) {
        return unexpanded(ShellText.quoted(reaching(jump)))
                + " -W '[%h]:%p' "
                + unexpanded(ShellText.quoted(List.of("--", jump.address())));
    }

    private Path knownHosts(NodeAccess hop) {
        return folder.resolve("known_hosts-" + Sha256.hex(pinned(hop)).substring(0, 16));
    }

    private static String pinned(NodeAccess hop) {
        return Stream.concat(
                        hop.hostKeys().stream().map(key -> name(hop) + " " + key + "\n"),
                        hop.authorities().stream()
                                .map(key -> "@cert-authority " + name(hop) + " " + key + "\n"))
                .collect(Collectors.joining());
    }

    /// A certificate is for an address; a pinned key is for the node, whatever has its address.
    private static String name(NodeAccess hop) {
        return hop.authorities().isEmpty() ? hop.node() : hop.address();
    }

    /// What `ssh` puts in the place of `%` and a letter stays away.
    private static String unexpanded(String text) {
        return text.replace("%", "%%");
    }
}
