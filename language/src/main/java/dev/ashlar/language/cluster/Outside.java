package dev.ashlar.language.cluster;

import java.nio.file.Path;

/// What is around a cluster.
///
/// @param sites where it can be
/// @param folder where the cluster's file lies, absolute and without detours
/// @param neighbours other clusters
public record Outside(Sites sites, Path folder, Neighbours neighbours) {}
