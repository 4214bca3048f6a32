package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// What was made beside Ashlar lies in the state's folder, and the record says where that was; so
/// it does of the key to a machine that a site lists. In another folder it is the same, under
/// another path: these records say so.
final class Relocation {
    private static final String ACCESS = "/.ashlar/access/";

    private Relocation() {}

    /// @return intents with their successes, of what lies elsewhere now; nothing of it was done
    ///
    /// @param providers as the files have them
    static List<JournalRecord> records(
            Acting acting, Collection<ProviderConfig> providers, long run, long atMs) {
        return acting.past().standing().values().stream()
                .flatMap(success -> moved(acting, success, providers, run, atMs))
                .toList();
    }

    private static Stream<JournalRecord> moved(
            Acting acting,
            Success success,
            Collection<ProviderConfig> providers,
            long run,
            long atMs) {
        Map<String, String> paths = paths(success, acting.state());
        List<Owned> owned = owned(success, paths, providers);
        if (owned.equals(success.owned())) {
            return Stream.empty();
        }
        String intent =
                "adopted-" + run + "-" + Sha256.hex(success.key().toString()).substring(0, 16);
        Intended intended =
                new Intended(
                        run,
                        success.key(),
                        intent,
                        Effect.DO,
                        1,
                        success.fingerprint(),
                        acting.past().maker(success.key()).orElse(""),
                        Optional.empty(),
                        List.of(),
                        atMs);
        Succeeded succeeded =
                new Succeeded(
                        run,
                        success.key(),
                        intent,
                        Effect.DO,
                        success.fingerprint(),
                        List.of(),
                        outputs(success, paths),
                        success.inputs(),
                        success.frozen(),
                        owned,
                        success.owned().stream()
                                .filter(one -> paths.containsKey(one.identity()))
                                .map(Owned::key)
                                .toList(),
                        success.after(),
                        success.served(),
                        success.health(),
                        success.offers(),
                        atMs);
        return Stream.of(intended, succeeded);
    }

    /// Where each of its files that is in this folder is said to be, and where it is.
    private static Map<String, String> paths(Success success, StateFolder state) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (Owned owned : success.owned()) {
            int at = owned.identity().lastIndexOf(ACCESS);
            if (at >= 0) {
                Path here =
                        state.access()
                                .toAbsolutePath()
                                .resolve(owned.identity().substring(at + ACCESS.length()));
                if (!here.toString().equals(owned.identity()) && Files.exists(here)) {
                    paths.put(owned.identity(), here.toString());
                }
            }
        }
        return paths;
    }

    private static SequencedMap<String, Value> outputs(Success success, Map<String, String> paths) {
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        success.outputs()
                .forEach((name, value) ->
                        outputs.put(
                                name,
                                value.data() instanceof Data.Text(String text)
                                        ? new Value(
                                                new Data.Text(paths.getOrDefault(text, text)),
                                                value.label())
                                        : value));
        return outputs;
    }

    private static List<Owned> owned(
            Success success, Map<String, String> paths, Collection<ProviderConfig> providers) {
        boolean isMachine = success.key().isMachine();
        return success.owned().stream()
                .map(owned -> isMachine ? Machines.relisted(owned, providers) : at(owned, paths))
                .toList();
    }

    private static Owned at(Owned owned, Map<String, String> paths) {
        return new Owned(
                owned.kind(),
                paths.getOrDefault(owned.identity(), owned.identity()),
                owned.data(),
                owned.details());
    }
}
