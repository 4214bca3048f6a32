package dev.ashlar.nodes.resource;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.work.Owned;
import dev.ashlar.nodes.channel.ShellText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Collects the calls of a program, by the work that they are part of: where one of its resources
/// fails, a work goes no further. Files that follow each other come into their places together.
/// Confined to one thread.
final class Calls {
    private static final String ELSE_END = " || return 0\n";

    /// Making and leaving a folder takes two processes.
    private static final int MANY = 4;

    private final boolean compares;
    private final StringBuilder looks = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    private final SequencedMap<String, ResourceProgram.Large> large = new LinkedHashMap<>();

    private String tray = "";
    private int works;
    private boolean staged;

    /// @param compares true when nothing is to be changed
    Calls(boolean compares) {
        this.compares = compares;
    }

    /// What follows is another work.
    void work() {
        endWork();
        text.append("w").append(works).append("() {\n");
        works++;
    }

    private void endWork() {
        if (works > 0) {
            int last = works - 1;
            text.append(":\n}\nWORK=" + last + "\nw" + last + "\n");
        }
    }

    /// What is there of the files is asked for before the first call. They must be such that no
    /// call before theirs changes them.
    void look(int first, List<Resource> resources) {
        for (int i = 0; i < resources.size(); i++) {
            if (resources.get(i).kind() == ResourceKind.FILE) {
                looks.append(' ').append(first + i).append(words(resources.get(i), "path"));
            }
        }
    }

    /// Where many of these files are for one folder, they are moved into it together.
    void tray(List<Resource> resources) {
        List<Resource> files =
                resources.stream().filter(one -> one.kind() == ResourceKind.FILE).toList();
        if (files.stream().map(one -> one.text("path")).distinct().count() < files.size()) {
            return; // Of two that mean the same the later one stays.
        }
        files.stream()
                .collect(
                        Collectors.groupingBy(
                                Calls::folder, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .max(Comparator.comparingInt(List::size))
                .filter(most -> most.size() >= MANY)
                .map(most -> folder(most.getFirst()))
                .filter(folder -> !folder.equals("/"))
                .map(ShellText::quoted)
                .ifPresent(folder -> tray = "TRAY_FOR=" + folder + "\n");
    }

    private static String folder(Resource file) {
        String path = file.text("path");
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    /// The failure of a call has been recorded by it: the program ends well.
    private void call(int index, String key, String call) {
        if (staged) {
            text.append("place").append(ELSE_END);
            staged = false;
        }
        begin(index, key, call);
    }

    private void begin(int index, String key, String call) {
        text.append("begin ").append(index).append(' ').append(key).append('\n');
        text.append(call).append(ELSE_END);
    }

    void add(int index, Resource r) {
        if (r.kind() == ResourceKind.FILE) {
            begin(index, r.key(), file(index, r));
            staged = true;
            return;
        }
        String call =
                switch (r.kind()) {
                    case FILE -> throw new IllegalArgumentException("files are staged");
                    case DIRECTORY -> "directory" + words(r, "path", "mode", "owner", "group");
                    case LINK -> "link" + words(r, "path", "target");
                    case PACKAGE -> "package" + words(r, "name", "version");
                    case REPOSITORY ->
                            "repository"
                                    + words(r, "name", "uri", "suite", "components")
                                    + beside("c" + index, r.text("key"));
                    case SERVICE -> service(index, r);
                    case USER -> "user" + words(r, "name", "home", "shell", "system", "group");
                    case GROUP -> "group" + words(r, "name", "system");
                    case SYSCTL -> "kernel_parameter" + words(r, "key", "value");
                    case LINE -> "line" + words(r, "path", "line", "match");
                    case BLOCK ->
                            "block"
                                    + words(r, "path", "name")
                                    + beside("c" + index, r.text("content"))
                                    + words(r, "comment");
                    case REBOOT -> "reboot_for" + words(r, "reason") + word(r.trigger());
                    case ARCHIVE -> "archive" + words(r, "path", "url", "sha256", "strip", "owner");
                    case COMMAND ->
                            "command_if"
                                    + words(r, "name")
                                    + beside("c" + index, r.text("check"))
                                    + beside("r" + index, r.text("run"));
                };
        call(index, r.key(), call);
    }

    /// Compares something that a service made with what the record says of it.
    void recorded(int index, Owned owned) {
        StringBuilder call = new StringBuilder("recorded").append(word(owned.identity()));
        boolean isDirectory = owned.kind().equals(ResourceKind.DIRECTORY.word());
        call.append(isDirectory ? " directory" : " file");
        for (String detail : List.of("sha256", "public_sha256", "mode", "owner", "group")) {
            String value = owned.details().getOrDefault(detail, "");
            call.append(word(detail.equals("mode") ? plainMode(value) : value));
        }
        call(index, owned.key(), call.toString());
    }

    void undo(int index, Owned owned) {
        if (owned.data()) {
            String fate = owned.staysInPlace() ? "left_in_place" : "destroy";
            call(
                    index,
                    owned.keptUnder(),
                    fate + word(owned.path()) + listed(index, owned, Owned.OTHERS));
            return;
        }
        String word = owned.kind().equals("service") ? unitName(owned.identity()) : owned.path();
        StringBuilder call = new StringBuilder("undo_").append(owned.kind()).append(word(word));
        switch (owned.kind()) {
            case "line" -> call.append(word(owned.details().getOrDefault("line", "")));
            case "block" ->
                    call.append(word(owned.details().getOrDefault("name", "")))
                            .append(word(owned.details().getOrDefault("comment", "#")));
            case "package" -> call.append(listed(index, owned, Owned.SPARED));
            case "directory", "archive" ->
                    call.append(listed(index, owned, Owned.SPARED))
                            .append(listed(index, owned, Owned.OTHERS));
            case "command" ->
                    call.append(beside("u" + index, owned.details().getOrDefault("remove", "")));
            default -> {}
        }
        call(index, owned.keptUnder(), call.toString());
    }

    /// A file with what of others is not to go with it, or an empty word.
    private String listed(int index, Owned owned, String detail) {
        String lines = owned.details().getOrDefault(detail, "");
        return lines.isEmpty() ? " ''" : beside(detail + index, lines + "\n");
    }

    private String file(int index, Resource r) {
        byte[] bytes = r.bytes("content");
        String digest = Sha256.hex(bytes);
        return "stage"
                + words(r, "path", "mode", "owner", "group")
                + " "
                + digest
                + (compares ? " text ''" : content(index, r, bytes, digest));
    }

    /// A text that is no secret is a word of the program: whatever shell runs it, a secret is never
    /// a word of another, nor ever on the node's disk but in its own file.
    private String content(int index, Resource r, byte[] bytes, String digest) {
        if (r.isSecret("content")) {
            return " secret" + beside("c" + index, bytes);
        }
        if (bytes.length > ResourceProgram.LARGE_BYTES) {
            large.put(digest, new ResourceProgram.Large(r.text("path"), bytes));
            return " copy " + ResourceProgram.STAGED + digest;
        }
        String content = new String(bytes, StandardCharsets.UTF_8);
        boolean isWord =
                content.indexOf('\0') < 0
                        && Arrays.equals(content.getBytes(StandardCharsets.UTF_8), bytes);
        return isWord ? " text" + word(content) : " copy" + beside("c" + index, bytes);
    }

    private String service(int index, Resource r) {
        String unit = r.text("unit");
        String given =
                unit.isEmpty() ? " '' ''" : beside("c" + index, unit) + " " + Sha256.hex(unit);
        return "service"
                + word(unitName(r.identity()))
                + given
                + words(r, "state", "enabled")
                + word(r.trigger());
    }

    private static String unitName(String name) {
        return name.matches(".*\\.(service|socket|timer|target|mount|path|slice)")
                ? name
                : name + ".service";
    }

    private String beside(String file, String content) {
        return beside(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private String beside(String file, byte[] content) {
        files.put(file, content);
        return " \"$T/" + file + "\"";
    }

    private static String words(Resource resource, String... parameters) {
        StringBuilder words = new StringBuilder();
        for (String parameter : parameters) {
            String value = resource.text(parameter);
            words.append(word(parameter.equals("mode") ? plainMode(value) : value));
        }
        return words.toString();
    }

    private static String word(String text) {
        return " " + ShellText.quoted(text);
    }

    /// As `stat` prints it: without leading zeros.
    private static String plainMode(String octal) {
        return octal.replaceFirst("^0+(?=.)", "");
    }

    ResourceProgram program() {
        endWork();
        String begin = ". \"$LIBRARY\"\nMODE=" + (compares ? "check" : "apply") + "\n";
        String look = looks.isEmpty() ? "" : "look" + looks + "\n";
        String leave = tray.isEmpty() ? "" : "leave_tray\n";
        return new ResourceProgram(
                begin + tray + look + text + "place\n" + leave + ":\n", files, large);
    }
}
