package dev.ashlar.app.cluster;

import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Recipe.Token;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.store.vault.Making;
import dev.ashlar.store.vault.Opened;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// A cluster's vault as one process has it, unlocked.
///
/// @param opened as it is on disk; empty where there is none yet
/// @param vault what is in it, with what this process has made
/// @param made what of that is nowhere else yet, each with its version
public record OpenVault(Optional<Opened> opened, Vault vault, SortedMap<String, Integer> made) {
    public OpenVault {
        made = Collections.unmodifiableSortedMap(new TreeMap<>(made));
    }

    public static OpenVault of(Opened opened) {
        return new OpenVault(Optional.of(opened), opened.vault(), new TreeMap<>());
    }

    /// One that is not there yet.
    public static OpenVault fresh() {
        return new OpenVault(
                Optional.empty(), Vault.empty(new Making().digestKey()), new TreeMap<>());
    }

    /// True where something was made that is nowhere else yet.
    public boolean hasMade() {
        return !made.isEmpty();
    }

    /// The same with all that files declare, has a recipe, and is not in it.
    public OpenVault completed(Collection<SecretSpec> declared, String who, long nowMs) {
        return with(declared, SecretSpec::recipe, who, nowMs);
    }

    /// The same with all else that files declare, made up: for where nothing is sent anywhere.
    public OpenVault madeUp(Collection<SecretSpec> declared) {
        return with(declared, spec -> spec.recipe().or(() -> Optional.of(Token.USUAL)), "", 0);
    }

    private OpenVault with(
            Collection<SecretSpec> declared,
            Function<SecretSpec, Optional<Recipe>> how,
            String who,
            long nowMs) {
        OpenVault all = this;
        for (SecretSpec spec : declared) {
            Optional<Recipe> recipe = how.apply(spec);
            if (recipe.isPresent() && vault.secret(spec.name()).isEmpty()) {
                all = all.with(spec.name(), recipe.get(), who, nowMs);
            }
        }
        return all;
    }

    /// The same with another content of a secret, made by a recipe.
    public OpenVault with(String name, Recipe recipe, String who, long nowMs) {
        return with(name, new Making().content(recipe), true, who, nowMs);
    }

    /// The same with another content of a secret.
    public OpenVault with(
            String name, Secret.Content content, boolean generated, String who, long nowMs) {
        SortedMap<String, Integer> more = new TreeMap<>(made);
        more.put(name, vault.nextVersion(name));
        return new OpenVault(opened, vault.with(name, content, generated, who, nowMs), more);
    }
}
