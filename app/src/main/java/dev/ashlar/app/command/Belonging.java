package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import java.util.List;

/// What stands was made for one cluster at one site. Under another name or at another site its
/// machines and authorities would not be found, and what was made would be left behind or made
/// twice: that is refused before anything is touched.
final class Belonging {
    private Belonging() {}

    static void check(Cluster cluster) {
        if (!cluster.isAnythingLeft()) {
            return;
        }
        RunStarted last = cluster.past().runs().getLast().start();
        refuse("cluster", last.cluster(), cluster.composition().name(), "undo the renaming");
        String site = last.site();
        refuse("site", site, cluster.composition().site().name(), "--site " + site);
    }

    private static void refuse(String what, String recorded, String asked, String help) {
        if (!recorded.equals(asked)) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: what stands was made for %s %s, and this is %s %s"
                                    .formatted(what, recorded, what, asked),
                            "  help: "
                                    + help
                                    + ", and `ashlar down` before it is built anew elsewhere"));
        }
    }
}
