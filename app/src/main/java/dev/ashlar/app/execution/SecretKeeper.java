package dev.ashlar.app.execution;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Puts the secrets that steps make into the vault, before anything of these steps is on record:
/// the record itself never has them.
///
/// @param inner carries out the work
/// @param vault where steps make secrets
record SecretKeeper(Executor inner, Optional<VaultInUse> vault) implements Executor {

    @Override
    public Report execute(Work work, boolean again) {
        Report report = inner.execute(work, again);
        return report instanceof Report.Done done
                        && done.outputs().values().stream().anyMatch(Value::isSecret)
                ? new Report.Done(
                        done.changed(), kept(work.key(), done.outputs()), done.owned(), done.log())
                : report;
    }

    /// Light work makes none.
    @Override
    public List<Report> together(List<Work.Apply> works) {
        return inner.together(works);
    }

    private SequencedMap<String, Value> kept(
            InstanceKey step, SequencedMap<String, Value> outputs) {
        SequencedMap<String, Value> all = new LinkedHashMap<>(outputs);
        all.replaceAll((output, value) ->
                value.isSecret() && value.data() instanceof Data.Text(String text)
                        ? value.joined(origin(SecretSpec.ofOutput(step, output), text))
                        : value);
        return all;
    }

    private Label origin(String name, String text) {
        Secret kept = vault.orElseThrow().keep(name, text);
        return Label.from(new Origin.Kept(name, kept.version()));
    }
}
