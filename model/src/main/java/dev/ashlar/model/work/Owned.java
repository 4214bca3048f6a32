package dev.ashlar.model.work;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.resource.NodePath;
import dev.ashlar.model.resource.ThingKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Something a success brought about and what taking it back needs, so that undo works from the
/// record alone.
///
/// @param kind a resource kind's word, or a service's (`machine`, `certificate`)
/// @param identity what it is called there
/// @param data true when it is kept unless its loss is named
/// @param details what its remover needs: `made` (`true` when it was not there before), `kept`
///   (where the earlier state lies on the node), `sha256` of what was written …
public record Owned(String kind, String identity, boolean data, SortedMap<String, String> details) {
    /// The kind of what a script did.
    public static final String SCRIPT = "script";

    /// In the details: what tells it from others, where kind and identity do not.
    public static final String KEY = "key";

    /// In the details: the case of its step under which it was brought about, where it has cases.
    public static final String CASE = "case";

    /// In the details of what a call brought about: [Work.Call#target].
    private static final String CALL = "call";

    /// In the details of what a script did: the text of the one that takes it back, and its file.
    private static final String REMOVE = "remove";

    private static final String REMOVE_FILE = "remove_file";

    /// In the details of what is to be taken back: what others own that is not to go with it, one a
    /// line: for a package the names of packages, for a folder or an archive the paths in it, from
    /// there; `.` for data at its very place.
    public static final String SPARED = "spared";

    /// In the details of a folder or an archive that is to be taken back: the paths of data that
    /// others own, one a line. Where links lead is for the node to see.
    public static final String OTHERS = "others";

    /// In the details of data that is to be taken back: that its loss was named.
    private static final String NAMED = "named";

    /// Among what others own of data: what lies at its very place.
    private static final String ITSELF = ".";

    private static final Set<String> FOLDERS = Set.of("directory", "archive");

    /// What is told apart by its path alone.
    private static final Set<String> PATHS = Set.of("directory", "archive", "file", "link");

    public Owned {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    /// What tells it from everything else at its place, whoever owns it; what a step's script did,
    /// from what else the step owns.
    public String key() {
        if (isByScript()) {
            return SCRIPT;
        }
        String recorded = details.getOrDefault(KEY, "");
        String called = ThingKey.of(kind, identity, "");
        if (ThingKey.isKey(recorded) && !recorded.equals(called)) {
            return recorded;
        }
        return PATHS.contains(kind) ? ThingKey.of(kind, path(), "") : called;
    }

    /// The name under which its node keeps what was there before: its key, but for a path that an
    /// older record spells in another way.
    public String keptUnder() {
        String kept = details.getOrDefault("kept", "");
        String name = kept.substring(kept.lastIndexOf('/') + 1);
        return ThingKey.isKey(name) ? name : key();
    }

    /// The case of its step under which it was brought about; empty where there are none.
    public String inCase() {
        return details.getOrDefault(CASE, "");
    }

    /// The same, brought about under a case.
    public Owned inCase(String name) {
        return with(Map.of(CASE, name));
    }

    /// The same, brought about by a call.
    public Owned by(Work.Call call) {
        return with(Map.of(CALL, call.target()));
    }

    /// True of what that call, or one that sees to the same, brought about.
    public boolean isBy(Work.Call call) {
        return call.target().equals(details.get(CALL));
    }

    /// Of what a script did, the script that takes it back.
    public Optional<StepSpec.Script> remove() {
        return Optional.ofNullable(details.get(REMOVE))
                .filter(_ -> isByScript())
                .map(text -> new StepSpec.Script(details.getOrDefault(REMOVE_FILE, ""), text));
    }

    /// Of a file, the SHA-256 of what was written.
    public Optional<String> written() {
        return Optional.ofNullable(details.get("sha256")).filter(_ -> kind.equals("file"));
    }

    /// The same, which that script takes back.
    public Owned removedBy(StepSpec.Script script) {
        return with(Map.of(REMOVE, script.text(), REMOVE_FILE, script.file()));
    }

    private Owned with(Map<String, String> further) {
        SortedMap<String, String> more = new TreeMap<>(details);
        more.putAll(further);
        return new Owned(kind, identity, data, more);
    }

    /// `file /etc/motd`: how it is named to people.
    public String title() {
        return kind + " " + identity;
    }

    /// Its identity as a path: with one spelling, however it was written.
    public String path() {
        return NodePath.plain(identity);
    }

    /// True of what a script did, which another script takes back.
    public boolean isByScript() {
        return kind.equals(SCRIPT);
    }

    /// The same, and what of these is not to go with it.
    public Owned sparing(List<Owned> others) {
        SortedMap<String, String> more = new TreeMap<>(details);
        putLines(more, SPARED, others.stream().flatMap(other -> spared(other).stream()));
        putLines(
                more,
                OTHERS,
                others.stream()
                        .filter(other -> other.data() && FOLDERS.contains(kind))
                        .map(Owned::path));
        return new Owned(kind, identity, data, more);
    }

    /// What was there before is forgotten.
    private static void putLines(Map<String, String> details, String name, Stream<String> lines) {
        String text = lines.distinct().collect(Collectors.joining("\n"));
        details.remove(name);
        if (!text.isEmpty()) {
            details.put(name, text);
        }
    }

    /// The same data, to be destroyed by whoever takes it back.
    public Owned named() {
        return with(Map.of(NAMED, "true"));
    }

    /// True of what taking it back leaves where it is: data whose loss was not named, or that
    /// others have something in.
    public boolean staysInPlace() {
        return data && (!details.containsKey(NAMED) || details.containsKey(SPARED));
    }

    private Optional<String> spared(Owned other) {
        if (kind.equals("package")) {
            return Optional.of(other.identity).filter(_ -> other.kind.equals(kind));
        }
        if (data && other.path().equals(path())) {
            return Optional.of(ITSELF);
        }
        return Optional.of(other.path())
                .filter(path -> FOLDERS.contains(kind) && path.startsWith(path() + "/"))
                .map(path -> path.substring(path().length() + 1));
    }

    public static Owned of(
            String kind, String identity, boolean data, Map<String, String> details) {
        return new Owned(kind, identity, data, new TreeMap<>(details));
    }
}
