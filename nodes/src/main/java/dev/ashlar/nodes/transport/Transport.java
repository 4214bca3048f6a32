package dev.ashlar.nodes.transport;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;

/// Opens connections to machines. Safe for use by many threads at once.
public interface Transport {
    /// The kind of failure of a machine that shows none of the keys that are pinned for it.
    String HOST_KEY = "host-key";

    /// Connects and proves who both sides are. Blocks for at most the transport's connect timeout;
    /// behind a jump host also for its login, and for those whose turn comes first.
    Opening open(NodeAccess access);

    /// The shell that runs programs on machines reached so: `sh`, but for tests.
    default String shell() {
        return "sh";
    }

    /// What came of [#open].
    sealed interface Opening {
        record Opened(Connection connection) implements Opening {}

        record Refused(Failure failure) implements Opening {}
    }
}
