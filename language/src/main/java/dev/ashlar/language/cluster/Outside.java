package dev.ashlar.language.cluster;

import dev.ashlar.language.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;

/// What is around a cluster.
///
/// @param external what its site says is external, as written
/// @param values what its site says of components' inputs, as written
/// @param siteFolder where the site's file lies
/// @param folder where the cluster's file lies, absolute and without detours
/// @param neighbours other clusters
public record Outside(
        List<YamlNode.Entry> external,
        List<YamlNode.Entry> values,
        Path siteFolder,
        Path folder,
        Neighbours neighbours) {
    public Outside {
        external = List.copyOf(external);
        values = List.copyOf(values);
    }
}
