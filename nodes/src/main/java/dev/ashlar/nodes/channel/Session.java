package dev.ashlar.nodes.channel;

import java.time.Duration;
import java.util.List;

/// How a channel is to be set up.
///
/// @param sudo programs run as root through `sudo -n`
/// @param shell command of the shell that runs programs
/// @param library shell text that programs of jobs may source; sent only when the node lacks it
/// @param cluster whose claim on the node is asked for
/// @param lineage of the controller's state
/// @param replaces sessions of this controller whose line was lost: ended before anything else
/// @param beat pause between signs of life; the node ends a session after ten of its own two
///   seconds without one, so it must stay well below twenty seconds
public record Session(
        Layout layout,
        boolean sudo,
        String shell,
        String library,
        String cluster,
        String lineage,
        List<String> replaces,
        Duration beat) {
    public Session {
        replaces = List.copyOf(replaces);
    }
}
