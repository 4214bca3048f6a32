package dev.ashlar.model.resource;

import dev.ashlar.model.type.Type;
import dev.ashlar.model.type.Type.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The kinds of resource a step may manage. The language checks parameters against this table, the
/// JSON Schema is generated from it, and `nodes` carries it out. The first parameter of each kind
/// is its identity on a node.
public enum ResourceKind {
    FILE(
            "file",
            "A file with exact content, mode and owner.",
            "path",
            Parameter.required("path", Scalar.TEXT, "Absolute path"),
            Parameter.required(
                    "content",
                    Scalar.TEXT,
                    "The bytes; given as `content`, `template` or `source`"),
            Parameter.optional("mode", Scalar.TEXT, "0644", "Octal permission bits"),
            Parameter.optional("owner", Scalar.TEXT, "root", "User"),
            Parameter.optional("group", Scalar.TEXT, "", "Group; empty is the owner's own group"),
            Parameter.flag("data", "Kept on removal unless its loss is named")),
    DIRECTORY(
            "directory",
            "A directory with mode and owner. Removed only when empty, or with its content when Ashlar made it.",
            "path",
            Parameter.required("path", Scalar.TEXT, "Absolute path"),
            Parameter.optional("mode", Scalar.TEXT, "0755", "Octal permission bits"),
            Parameter.optional("owner", Scalar.TEXT, "root", "User"),
            Parameter.optional("group", Scalar.TEXT, "", "Group; empty is the owner's own group"),
            Parameter.flag("data", "Kept on removal unless its loss is named")),
    LINK(
            "link",
            "A symbolic link.",
            "path",
            Parameter.required("path", Scalar.TEXT, "Absolute path of the link"),
            Parameter.required("target", Scalar.TEXT, "What it points to")),
    PACKAGE(
            "package",
            "A package of the node's package manager. Its maintainer scripts never start, stop or restart a unit.",
            "package",
            Parameter.required("name", Scalar.TEXT, "The package's name"),
            Parameter.optional(
                    "version",
                    Scalar.TEXT,
                    "",
                    "Exact version; empty is whatever the node's sources offer, never an upgrade of what is there"),
            Parameter.optional(
                    "provides_users",
                    Type.listOf(Scalar.TEXT),
                    "Users its maintainer scripts make"),
            Parameter.optional(
                    "provides_paths",
                    Type.listOf(Scalar.TEXT),
                    "Paths it brings that other resources use")),
    REPOSITORY(
            "repository",
            "A package source with its signing key.",
            "repository",
            Parameter.required(
                    "name",
                    Scalar.TEXT,
                    "File name stem under the package manager's source folder"),
            Parameter.required("uri", Scalar.TEXT, "Base address"),
            Parameter.required("suite", Scalar.TEXT, "Suite, such as `bookworm`"),
            Parameter.optional(
                    "components", Scalar.TEXT, "main", "Components, separated by spaces"),
            Parameter.required("key", Scalar.TEXT, "The armoured public key that signs it")),
    SERVICE(
            "service",
            "A systemd unit and its state.",
            "unit",
            Parameter.required("name", Scalar.TEXT, "Unit name, `.service` may be left out"),
            Parameter.optional(
                    "unit", Scalar.TEXT, "", "The unit's text; empty uses the unit the system has"),
            Parameter.optional("state", Scalar.TEXT, "running", "`running` or `stopped`"),
            Parameter.optional("enabled", Scalar.BOOL, "true", "Started at boot")),
    USER(
            "user",
            "A local user.",
            "user",
            Parameter.required("name", Scalar.TEXT, "Login name"),
            Parameter.optional("home", Scalar.TEXT, "/nonexistent", "Home directory; not created"),
            Parameter.optional("shell", Scalar.TEXT, "/usr/sbin/nologin", "Login shell"),
            Parameter.optional("system", Scalar.BOOL, "true", "A number below 1000"),
            Parameter.optional(
                    "group", Scalar.TEXT, "", "Primary group; empty makes one of the same name")),
    GROUP(
            "group",
            "A local group.",
            "group",
            Parameter.required("name", Scalar.TEXT, "Group name"),
            Parameter.optional("system", Scalar.BOOL, "true", "A number below 1000")),
    SYSCTL(
            "sysctl",
            "A kernel parameter, now and after a reboot.",
            "sysctl",
            Parameter.required("key", Scalar.TEXT, "Dotted name, such as `vm.max_map_count`"),
            Parameter.required("value", Scalar.TEXT, "Its value")),
    LINE(
            "line",
            "One line in a file that others own.",
            "line",
            Parameter.required("path", Scalar.TEXT, "Absolute path"),
            Parameter.required("line", Scalar.TEXT, "The line, without its newline"),
            Parameter.optional(
                    "match",
                    Scalar.TEXT,
                    "",
                    "Basic regular expression: the line it replaces; empty matches the line itself")),
    BLOCK(
            "block",
            "Marked lines in a file that others own.",
            "block",
            Parameter.required("path", Scalar.TEXT, "Absolute path"),
            Parameter.required("name", Scalar.TEXT, "Name in the marker lines"),
            Parameter.required("content", Scalar.TEXT, "The lines"),
            Parameter.optional("comment", Scalar.TEXT, "#", "What starts a comment in that file")),
    REBOOT(
            "reboot",
            "A reboot when one of the steps it watches has changed something. Disruptive.",
            "reboot",
            Parameter.required("reason", Scalar.TEXT, "Shown in plans and logs")),
    ARCHIVE(
            "archive",
            "An archive (tar, tar.gz, tar.xz, zip) fetched by the node, checked and unpacked.",
            "path",
            Parameter.required("path", Scalar.TEXT, "Directory to unpack into; made when missing"),
            Parameter.required("url", Scalar.TEXT, "http, https or file address"),
            Parameter.required(
                    "sha256", Scalar.TEXT, "Digest of the archive, 64 hexadecimal digits"),
            Parameter.optional("strip", Scalar.INT, "0", "Leading path components to drop"),
            Parameter.optional("owner", Scalar.TEXT, "root", "Owner of what is unpacked")),
    COMMAND(
            "command",
            "A shell command that is run when its check fails.",
            "command",
            Parameter.required("name", Scalar.TEXT, "What it does, unique in the step"),
            Parameter.required("run", Scalar.TEXT, "Shell text"),
            Parameter.required(
                    "check", Scalar.TEXT, "Shell text; exit code 0 means nothing is to be done"),
            Parameter.optional("remove", Scalar.TEXT, "", "Shell text that undoes it"));

    private final String word;
    private final String doc;
    private final String namespace;
    private final List<Parameter> parameters;

    ResourceKind(String word, String doc, String namespace, Parameter... parameters) {
        this.word = word;
        this.doc = doc;
        this.namespace = namespace;
        this.parameters = List.of(parameters);
    }

    /// One parameter of a kind.
    ///
    /// @param fallback the default as a user would write it; empty when there is none
    public record Parameter(
            String name, Type type, boolean required, Optional<String> fallback, String doc) {

        static Parameter required(String name, Type type, String doc) {
            return new Parameter(name, type, true, Optional.empty(), doc);
        }

        static Parameter optional(String name, Type type, String fallback, String doc) {
            return new Parameter(name, type, false, Optional.of(fallback), doc);
        }

        static Parameter optional(String name, Type type, String doc) {
            return new Parameter(name, type, false, Optional.empty(), doc);
        }

        static Parameter flag(String name, String doc) {
            return optional(name, Scalar.BOOL, "false", doc);
        }
    }

    /// The key in YAML.
    public String word() {
        return word;
    }

    public String doc() {
        return doc;
    }

    /// What two resources must not share: files, directories, links and archives are all paths.
    public String namespace() {
        return namespace;
    }

    /// True when several may want the same of one node.
    public boolean isShared() {
        return this == PACKAGE || this == LINE || this == REBOOT;
    }

    /// True of what a node does within moments and by its own means, so that much of it can be done
    /// there at once.
    public boolean isLight() {
        return this == FILE || this == DIRECTORY || this == LINK;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public Parameter identity() {
        return parameters.getFirst();
    }

    public Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    public static Optional<ResourceKind> of(String word) {
        return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
    }
}
