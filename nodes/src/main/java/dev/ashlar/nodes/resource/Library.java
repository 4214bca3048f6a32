package dev.ashlar.nodes.resource;

import dev.ashlar.nodes.channel.ShellText;
import java.util.List;
import java.util.stream.Collectors;

/// The shell functions that programs call; the same on every node.
public final class Library {
    private static final List<String> PARTS =
            List.of(
                    "resource.sh",
                    "data.sh",
                    "path.sh",
                    "managers.sh",
                    "package.sh",
                    "service.sh",
                    "account.sh",
                    "text.sh",
                    "machine.sh",
                    "archive.sh",
                    "unpacked.sh");

    /// All of it.
    public static final String TEXT =
            PARTS.stream()
                    .map(part -> ShellText.packed(Library.class, part))
                    .collect(Collectors.joining("\n"));

    private Library() {}
}
