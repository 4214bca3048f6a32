/// Clusters: groups, uses, and the values given to components. Entry:
/// [dev.ashlar.language.cluster.ClusterReader]. May import pack, site, binding, grammar, yaml,
/// expression and the model.
@NullMarked
package dev.ashlar.language.cluster;

import org.jspecify.annotations.NullMarked;
