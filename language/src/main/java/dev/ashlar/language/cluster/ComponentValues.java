package dev.ashlar.language.cluster;

import dev.ashlar.language.cluster.InputValues.Given;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is said of components' inputs wherever these are used: `values:` of a cluster, or of a
/// site. What is said of a component is read, and checked, when it is first asked for.
final class ComponentValues {
    private final Map<String, List<YamlNode.Entry>> written = new HashMap<>();
    private final Map<String, Given> read = new HashMap<>();
    private final InputValues values;

    /// @param written by `PACK/COMPONENT`
    ComponentValues(List<YamlNode.Entry> written, InputValues values) {
        this.values = values;
        for (YamlNode.Entry entry : written) {
            if (entry.value() instanceof YamlNode.Mapping(var inputs, _)) {
                this.written.put(entry.name(), inputs);
            }
        }
    }

    Given of(Component component) {
        String reference = component.spec().reference();
        return read.computeIfAbsent(
                reference, _ -> values.read(written.getOrDefault(reference, List.of()), component));
    }
}
