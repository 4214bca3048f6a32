package dev.ashlar.nodes.resource;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Owned;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The program for a list of resources and the files it needs beside it.
///
/// @param text shell text for a job
/// @param files contents by name
/// @param large contents by digest that are too big for the program: the program looks for them
///   under [#STAGED] of the node
public record ResourceProgram(
        String text, SequencedMap<String, byte[]> files, SequencedMap<String, Large> large) {

    /// Above this size contents are sent only when the node's differ.
    public static final int LARGE_BYTES = 64 * 1024;

    /// Where large contents lie, as shell text; the digest follows.
    static final String STAGED = "\"$STATE\"/incoming/";

    /// A large content and the path it is for.
    public record Large(String path, byte[] bytes) {}

    public ResourceProgram {
        files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
        large = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(large));
    }

    /// Brings the resources about in order and stops at the first that fails.
    public static ResourceProgram applying(List<Resource> resources) {
        return together(List.of(resources));
    }

    /// Brings about what several works have, each in order as far as its first that fails; what
    /// does not depend on order is done for all at once. Files that follow each other come into
    /// their places together, so that one may be there although one before it could not. Resources
    /// count on from work to work.
    public static ResourceProgram together(List<List<Resource>> works) {
        Calls calls = new Calls(false);
        calls.tray(works.stream().flatMap(List::stream).toList());
        int index = 0;
        for (List<Resource> resources : works) {
            calls.work();
            if (resources.stream().allMatch(one -> one.kind() == ResourceKind.FILE)) {
                calls.look(index, resources);
            }
            for (Resource resource : resources) {
                calls.add(index++, resource);
            }
        }
        return calls.program();
    }

    /// Compares the resources with what they should be and then what services made with what the
    /// record says of it, all of them, and changes nothing.
    public static ResourceProgram comparing(List<Resource> resources, List<Owned> made) {
        Calls calls = new Calls(true);
        calls.work();
        calls.look(0, resources);
        for (int i = 0; i < resources.size(); i++) {
            calls.add(i, resources.get(i));
        }
        for (int i = 0; i < made.size(); i++) {
            calls.recorded(resources.size() + i, made.get(i));
        }
        return calls.program();
    }

    /// Takes back what is owned, in the order given; data stays where its loss was not named.
    public static ResourceProgram undoing(List<Owned> owned) {
        Calls calls = new Calls(false);
        calls.work();
        for (int i = 0; i < owned.size(); i++) {
            calls.undo(i, owned.get(i));
        }
        return calls.program();
    }
}
