package dev.ashlar.app.cluster;

import dev.ashlar.model.type.Type;
import java.nio.file.Path;

/// A value of a use of another cluster, for an interface.
///
/// @param file of the cluster
/// @param type that who reads it goes by
record Asked(Path file, String use, String of, String value, Type type) {}
