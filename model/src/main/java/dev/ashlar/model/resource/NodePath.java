package dev.ashlar.model.resource;

import java.util.regex.Pattern;

/// Paths on a node, of which each spelling means one place.
public final class NodePath {
    private static final Pattern NOTHING_BETWEEN = Pattern.compile("/(?:\\.?/)+");
    private static final Pattern NOTHING_AFTER = Pattern.compile("(?<=[^/])/\\.?$");

    private NodePath() {}

    /// The path without `//`, `/./` and a slash at its end. What `..` and links lead to, the node
    /// alone knows.
    public static String plain(String path) {
        return NOTHING_AFTER
                .matcher(NOTHING_BETWEEN.matcher(path).replaceAll("/"))
                .replaceFirst("");
    }
}
