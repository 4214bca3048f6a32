package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.OpenVault;
import dev.ashlar.app.cluster.Operator;
import dev.ashlar.app.cluster.SecretRow;
import dev.ashlar.app.execution.VaultKeeper;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.model.journal.JournalRecord.Change;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.secret.Vault;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Changes what is in a cluster's vault, by a person's word.
record OneVault(Terminal terminal, Cluster cluster) {

    /// Stops with exit code 3 where the files declare no such secret.
    SecretSpec declared(String name) {
        Map<String, SecretSpec> all = cluster.composition().secrets();
        SecretSpec spec = all.get(name);
        if (spec == null) {
            List<String> lines = new ArrayList<>();
            lines.add("error: the cluster declares no secret \"" + name + "\"");
            Spelling.hint(name, all.keySet())
                    .or(() ->
                            Optional.of(
                                    "declare it in the cluster's file: secrets: { "
                                            + name
                                            + ": {} }"))
                    .ifPresent(hint -> lines.add("  help: " + hint));
            throw new CommandStop(ExitCode.INVALID, lines);
        }
        return spec;
    }

    List<SecretRow> rows() {
        return SecretRow.all(cluster.composition().secrets().values(), cluster.past());
    }

    /// What is there under that name.
    Optional<SecretRow> found(String name) {
        return rows().stream()
                .filter(row -> row.name().equals(name) && row.version() > 0)
                .findFirst();
    }

    /// Stops with exit code 3 where there is none of that name.
    SecretRow there(String name) {
        return found(name)
                .orElseThrow(() ->
                        new CommandStop(
                                ExitCode.INVALID,
                                "error: there is no secret \"" + name + "\" yet"));
    }

    /// A person's content.
    List<SecretRow> set(SecretSpec spec, String text) {
        if (spec.isPair()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: " + spec.name() + " is a key pair, which is made here",
                            "  help: `ashlar secret rotate " + spec.name() + "` makes another"));
        }
        return changed(
                Change.SET,
                open ->
                        open.with(
                                spec.name(), new Secret.Text(text), false, Operator.name(), now()));
    }

    /// Made anew, each by its recipe.
    List<SecretRow> generate(SortedMap<String, Recipe> recipes) {
        return changed(
                Change.GENERATED,
                open -> {
                    OpenVault all = open;
                    for (Map.Entry<String, Recipe> one : recipes.entrySet()) {
                        all = all.with(one.getKey(), one.getValue(), Operator.name(), now());
                    }
                    return all;
                });
    }

    private List<SecretRow> changed(Change change, Function<OpenVault, OpenVault> made) {
        try (Acting acting = Loading.act(cluster.folder())) {
            OpenVault open = open(acting);
            OpenVault next = made.apply(open);
            folded(
                    acting,
                    VaultKeeper.keep(
                            acting, open, next.vault(), change, next.made(), terminal::say));
            return now(acting, next.made().keySet());
        }
    }

    List<SecretRow> delete(String name) {
        try (Acting acting = Loading.act(cluster.folder())) {
            OpenVault open = open(acting);
            Vault next = open.vault().without(name);
            SortedMap<String, Integer> version = new TreeMap<>();
            open.vault().secret(name).ifPresent(secret -> version.put(name, secret.version()));
            if (version.isEmpty()) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        "error: there is no secret \"" + name + "\" in the vault");
            }
            folded(
                    acting,
                    VaultKeeper.keep(acting, open, next, Change.DELETED, version, terminal::say));
            return now(acting, List.of(name));
        }
    }

    private static void folded(Acting acting, VaultKeeper.Written written) {
        acting.past().apply(written.record());
    }

    /// As it is under the lock; what a crash kept off the record is on it first.
    OpenVault open(Acting acting) {
        OpenVault open =
                Unlocking.open(
                        cluster.folder(), Optional.of(acting.state()), acting.past(), terminal);
        VaultKeeper.caughtUp(acting, open).ifPresent(acting.past()::apply);
        return open;
    }

    private List<SecretRow> now(Acting acting, Collection<String> names) {
        return SecretRow.all(cluster.composition().secrets().values(), acting.past()).stream()
                .filter(row -> names.contains(row.name()))
                .toList();
    }

    private static long now() {
        return Clock.systemUTC().millis();
    }
}
