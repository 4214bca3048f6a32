package dev.ashlar.nodes.resource;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.work.Owned;
import dev.ashlar.nodes.channel.Digests;
import dev.ashlar.nodes.channel.ShellText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// The program for a list of resources and the files it needs beside it.
///
/// @param text shell text for a job
/// @param files contents by name
/// @param large contents by digest that are too big for the program: the program looks for them
///   under [#STAGED] of the node
public record ResourceProgram(
        String text, SequencedMap<String, byte[]> files, SequencedMap<String, Large> large) {

    /// From this size on, contents are sent only when the node's differ.
    public static final int LARGE_BYTES = 64 * 1024;

    /// Where large contents lie, as shell text; the digest follows.
    public static final String STAGED = "\"$STATE\"/incoming/";

    /// A large content and the path it is for.
    public record Large(String path, byte[] bytes) {}

    /// Brings the resources about in order, or only compares them.
    public static ResourceProgram of(List<Resource> resources, boolean compareOnly) {
        Builder builder = new Builder(compareOnly ? "check" : "apply");
        for (int i = 0; i < resources.size(); i++) {
            builder.add(i, resources.get(i));
        }
        return builder.build();
    }

    /// Takes back what is owned, in the order given; what is data stays.
    public static ResourceProgram undoing(List<Owned> owned) {
        Builder builder = new Builder("undo");
        for (int i = 0; i < owned.size(); i++) {
            builder.undo(i, owned.get(i));
        }
        return builder.build();
    }

    /// The name under which a node keeps what was there before. Kinds of one namespace that take
    /// each other's place at a path do not share it: each restores what it found.
    static String key(String kind, String identity) {
        String digest = Digests.sha256(identity.getBytes(StandardCharsets.UTF_8));
        return kind + "-" + digest.substring(0, 20);
    }

    private static final class Builder {
        private static final Set<String> UNDOABLE =
                Set.of("file", "directory", "link", "package", "service");
        private final StringBuilder text = new StringBuilder();
        private final SequencedMap<String, byte[]> files = new LinkedHashMap<>();
        private final SequencedMap<String, Large> large = new LinkedHashMap<>();

        Builder(String mode) {
            text.append(". \"$LIBRARY\"\nMODE=").append(mode).append('\n');
        }

        void add(int index, Resource resource) {
            begin(index, resource.kind().word(), resource.identity());
            String call =
                    switch (resource.kind()) {
                        case FILE -> file(index, resource);
                        case DIRECTORY ->
                                call("directory", resource, "path", "mode", "owner", "group");
                        case LINK -> call("link", resource, "path", "target");
                        case PACKAGE -> call("package", resource, "name", "version");
                        case SERVICE -> service(index, resource);
                        default ->
                                throw new IllegalArgumentException(
                                        resource.title() + " is not carried out yet");
                    };
            text.append(call).append(" || exit 0\n");
        }

        private void begin(int index, String kind, String identity) {
            text.append("begin ")
                    .append(index)
                    .append(' ')
                    .append(key(kind, identity))
                    .append('\n');
        }

        private String file(int index, Resource resource) {
            byte[] bytes = resource.bytes("content");
            String digest = Digests.sha256(bytes);
            String where = "\"$T/c" + index + "\"";
            if (bytes.length > LARGE_BYTES) {
                large.put(digest, new Large(resource.text("path"), bytes));
                where = STAGED + digest;
            } else {
                files.put("c" + index, bytes);
            }
            return call("file", resource, "path", "mode", "owner", "group")
                    + " "
                    + where
                    + " "
                    + digest;
        }

        private String service(int index, Resource resource) {
            String unit = resource.text("unit");
            String name = unitName(resource.identity());
            String where = "''";
            String digest = "''";
            if (!unit.isEmpty()) {
                byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
                files.put("c" + index, bytes);
                where = "\"$T/c" + index + "\"";
                digest = Digests.sha256(bytes);
            }
            return "service "
                    + ShellText.quoted(name)
                    + " "
                    + where
                    + " "
                    + digest
                    + words(resource, "state", "enabled")
                    + " "
                    + ShellText.quoted(resource.trigger());
        }

        private static String call(String function, Resource resource, String... parameters) {
            return function + words(resource, parameters);
        }

        private static String words(Resource resource, String... parameters) {
            StringBuilder words = new StringBuilder();
            for (String parameter : parameters) {
                String value = resource.text(parameter);
                words.append(' ')
                        .append(
                                ShellText.quoted(
                                        parameter.equals("mode") ? plainMode(value) : value));
            }
            return words.toString();
        }

        /// As `stat` prints it: without leading zeros.
        private static String plainMode(String octal) {
            String plain = octal.replaceFirst("^0+", "");
            return plain.isEmpty() ? "0" : plain;
        }

        void undo(int index, Owned owned) {
            begin(index, owned.kind(), owned.identity());
            if (owned.data()) {
                text.append("left_in_place\n");
                return;
            }
            if (!UNDOABLE.contains(owned.kind())) {
                throw new IllegalArgumentException("nothing takes back a " + owned.kind());
            }
            String identity =
                    owned.kind().equals("service") ? unitName(owned.identity()) : owned.identity();
            text.append("undo_")
                    .append(owned.kind())
                    .append(' ')
                    .append(ShellText.quoted(identity));
            text.append(" || exit 0\n");
        }

        private static String unitName(String name) {
            return name.matches(".*\\.(service|socket|timer|target|mount|path|slice)")
                    ? name
                    : name + ".service";
        }

        ResourceProgram build() {
            return new ResourceProgram(text.toString(), files, large);
        }
    }
}
