package dev.ashlar.nodes.channel;

/// Where things lie on a node. Folders are root's alone and hold no character that a shell minds.
///
/// @param run memory-backed; sessions and running jobs
/// @param state kept over reboots; what was there before, outcomes of finishing steps, tokens
/// @param path the search path of everything that is run
public record Layout(String run, String state, String path) {

    /// Where a node keeps them unless a test says otherwise.
    public static final Layout STANDARD =
            new Layout(
                    "/run/ashlar",
                    "/var/lib/ashlar",
                    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
}
