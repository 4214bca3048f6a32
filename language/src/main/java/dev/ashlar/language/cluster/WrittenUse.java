package dev.ashlar.language.cluster;

import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Span;
import java.util.List;

/// A use as written, its component not yet looked up.
record WrittenUse(
        String name,
        String group,
        YamlNode.Scalar component,
        List<YamlNode.Entry> with,
        List<YamlNode.Entry> requires,
        Span span) {}
