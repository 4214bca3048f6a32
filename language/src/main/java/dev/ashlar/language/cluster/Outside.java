package dev.ashlar.language.cluster;

import dev.ashlar.language.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;

/// What is around a cluster.
///
/// @param ofSite what its site says is external, as written
/// @param siteFolder where the site's file lies
/// @param folder where the cluster's file lies, absolute and without detours
/// @param neighbours other clusters
public record Outside(
        List<YamlNode.Entry> ofSite, Path siteFolder, Path folder, Neighbours neighbours) {
    public Outside {
        ofSite = List.copyOf(ofSite);
    }
}
