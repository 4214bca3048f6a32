package dev.ashlar.app.execution;

import dev.ashlar.engine.past.Success;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.services.pki.CertificateFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The files that services brought about, compared with what the record says of them: all of a node
/// in one round trip.
final class RecordedFiles {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String ANY = "-";

    /// Prints the paths that are missing or hold something else.
    private static final StepSpec.Script SCRIPT =
            new StepSpec.Script(
                    "verify/files.sh",
                    """
                    bad=0
                    while read -r sum path; do
                        if [ "$sum" = - ]; then
                            [ -f "$path" ] && continue
                        elif [ "$(sha256sum <"$path" 2>/dev/null | cut -d' ' -f1)" = "$sum" ]; then
                            continue
                        fi
                        echo "$path"
                        bad=1
                    done <<END
                    $SUMS
                    END
                    exit $bad
                    """);

    private final SequencedMap<String, InstanceKey> owners = new LinkedHashMap<>();
    private final StringBuilder sums = new StringBuilder();

    /// Takes in what a success owns.
    void add(Success success) {
        for (Owned owned : success.owned()) {
            boolean isKey = owned.kind().equals(CertificateFunction.KEY_KIND);
            if (isKey || owned.kind().equals("file")) {
                owners.put(owned.identity(), success.key());
                sums.append(isKey ? ANY : owned.details().getOrDefault("sha256", ANY));
                sums.append(' ').append(owned.identity()).append('\n');
            }
        }
    }

    /// The instances whose files on the node differ.
    Map<InstanceKey, String> differing(String node, Executor nodes) {
        Map<InstanceKey, String> found = new LinkedHashMap<>();
        if (owners.isEmpty()) {
            return found;
        }
        SequencedMap<String, Value> inputs = new LinkedHashMap<>();
        inputs.put("sums", Value.text(sums.toString().stripTrailing()));
        Work.Run run =
                new Work.Run(
                        owners.firstEntry().getValue(),
                        "verify-files-" + node,
                        node,
                        SCRIPT,
                        Optional.empty(),
                        inputs,
                        new LinkedHashMap<>(),
                        TIMEOUT,
                        StepSpec.OnDisconnect.KILL);
        if (nodes.execute(run, false) instanceof Report.NotDone notDone) {
            for (String path : notDone.failure().lastOutput()) {
                InstanceKey owner = owners.get(path);
                if (owner != null) {
                    found.put(owner, path + " is missing or differs");
                }
            }
        }
        return found;
    }

    /// The first of a success's files on this machine that is missing, in words.
    static Optional<String> missingHere(Success success) {
        return success.owned().stream()
                .map(Owned::identity)
                .filter(path -> path.startsWith("/") && !Files.exists(Path.of(path)))
                .map(path -> path + " is missing")
                .findFirst();
    }
}
