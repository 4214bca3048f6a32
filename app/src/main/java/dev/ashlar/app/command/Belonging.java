package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import java.util.List;
import java.util.Optional;

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

    /// The same for what goes by the record alone, as far as the files can be read.
    static void check(Past past, Optional<Composition> files, Optional<String> site) {
        RunStarted last = past.runs().getLast().start();
        files.ifPresent(f -> refuse("cluster", last.cluster(), f.name(), "undo the renaming"));
        site.ifPresent(asked -> refuse("site", last.site(), asked, "leave out --site"));
    }

    private static void refuse(String what, String recorded, String asked, String help) {
        if (!recorded.equals(asked)) {
            throw new CommandStop(
                    ExitCode.NOT_MINE,
                    List.of(
                            "error: what stands was made for %s %s, and this is %s %s"
                                    .formatted(what, recorded, what, asked),
                            "  help: "
                                    + help
                                    + ", and `ashlar down` before it is built anew elsewhere"));
        }
    }
}
