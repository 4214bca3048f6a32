package dev.ashlar.language.cluster;

import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Span;
import java.util.List;
import java.util.SequencedMap;

/// A use as written, its component not yet looked up.
///
/// @param with what its group says of its inputs
/// @param alone what is said of them on single nodes, by node
record WrittenUse(
        String name,
        String group,
        YamlNode.Scalar component,
        List<YamlNode.Entry> with,
        SequencedMap<String, List<YamlNode.Entry>> alone,
        List<YamlNode.Entry> requires,
        Span span) {}
