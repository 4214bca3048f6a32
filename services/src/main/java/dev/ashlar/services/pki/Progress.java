package dev.ashlar.services.pki;

import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Gathers the reports of a call's parts into one. Confined to the thread that carries the call
/// out.
final class Progress {
    private final List<String> changed = new ArrayList<>();
    private final List<Owned> owned = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private SequencedMap<String, Value> outputs = new LinkedHashMap<>();
    private Report last = new Report.Stopped("");

    /// Adds a part's report.
    ///
    /// @return false when the part is not done, and so the whole is not
    boolean took(Report part) {
        if (part instanceof Report.Done done) {
            changed.addAll(done.changed());
        }
        return heard(part);
    }

    /// Adds the report of a script that tells itself whether it changed anything: that it ran is no
    /// change, and must not restart who watches the certificate.
    ///
    /// @return false when the part is not done, and so the whole is not
    boolean heard(Report part) {
        log.append(part.log());
        last = part;
        return switch (part) {
            case Report.Done done -> {
                owned.addAll(done.owned());
                outputs = new LinkedHashMap<>(done.outputs());
                yield true;
            }
            case Report.NotDone notDone -> {
                owned.addAll(notDone.owned());
                yield false;
            }
            case Report.Stopped stopped -> {
                owned.addAll(stopped.owned());
                yield false;
            }
        };
    }

    /// What the last part has put out.
    SequencedMap<String, Value> outputs() {
        return outputs;
    }

    /// @param details what is to be seen of the key without knowing it
    void key(String path, Map<String, String> details, boolean madeOrMended) {
        owned.add(Owned.of(CertificateFunction.KEY_KIND, path, false, details));
        if (madeOrMended) {
            changed.add("key " + path);
        }
    }

    /// @param title what a script has changed
    void changed(String title) {
        changed.add(title);
    }

    /// The whole, after a part that was not done.
    Report ended() {
        return switch (last) {
            case Report.NotDone notDone ->
                    new Report.NotDone(notDone.failure(), owned, log.toString());
            case Report.Stopped _, Report.Done _ -> new Report.Stopped(owned, log.toString());
        };
    }

    Report failed(Failure failure) {
        return new Report.NotDone(failure, owned, log.toString());
    }

    Report done(SequencedMap<String, Value> results) {
        return new Report.Done(changed, results, owned, log.toString());
    }
}
