package dev.ashlar.engine.resolve;

import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.List;

/// What an expression reads by its paths, whatever it makes of it.
final class PathReads {
    private static final String COUNT = "#";

    private PathReads() {}

    /// The values at the end of a path, of a list those of all its elements; where it does not lead
    /// on, the last that it came to.
    static List<Value> at(List<String> path, Scope scope) {
        List<Value> found = new ArrayList<>();
        follow(scope.variable(path.getFirst()), path.subList(1, path.size()), Label.NONE, found);
        return found;
    }

    /// @param above of what it was found in: where the whole came from its parts came from too
    private static void follow(Value value, List<String> rest, Label above, List<Value> found) {
        Label label = above.join(value.label());
        if (rest.isEmpty()) {
            found.add(value.joined(above));
            return;
        }
        List<String> below = rest.subList(1, rest.size());
        switch (value.data()) {
            case Data.Listing(List<Value> all) when rest.getFirst().equals(COUNT) ->
                    found.add(Value.number(all.size()).labelled(label));
            case Data.Listing(List<Value> all) ->
                    all.forEach(one -> follow(one, below, label, found));
            case Data.Structure(_, Fields fields) when leads(fields, rest.getFirst()) ->
                    follow(fields.get(rest.getFirst()), below, label, found);
            default -> found.add(value.joined(above));
        }
    }

    private static boolean leads(Fields fields, String name) {
        return fields instanceof Collection || fields.names().contains(name);
    }
}
