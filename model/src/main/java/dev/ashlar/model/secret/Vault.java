package dev.ashlar.model.secret;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What there is of a cluster's secrets, unlocked. Immutable.
///
/// @param epoch how often it was changed; 0 where it was never written down
/// @param key for digests of what is in it; made with the vault, the same for ever
/// @param secrets by name
/// @param gone of secrets that were deleted the last version, by name: a version is never given
///   twice
public record Vault(
        long epoch,
        DigestKey key,
        SortedMap<String, Secret> secrets,
        SortedMap<String, Integer> gone) {
    public Vault {
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        gone = Collections.unmodifiableSortedMap(new TreeMap<>(gone));
    }

    /// One that nothing is in yet.
    public static Vault empty(DigestKey key) {
        return new Vault(0, key, new TreeMap<>(), new TreeMap<>());
    }

    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    /// The version of what is put in under that name next.
    public int nextVersion(String name) {
        return secret(name).map(Secret::version).orElse(gone.getOrDefault(name, 0)) + 1;
    }

    /// The same with another content of a secret, as its next version. The epoch stays: who writes
    /// it down raises that.
    public Vault with(
            String name, Secret.Content content, boolean generated, String who, long atMs) {
        SortedMap<String, Secret> more = new TreeMap<>(secrets);
        more.put(name, new Secret(nextVersion(name), content, generated, who, atMs));
        SortedMap<String, Integer> left = new TreeMap<>(gone);
        left.remove(name);
        return new Vault(epoch, key, more, left);
    }

    /// The same without a secret, which may be in it or not.
    public Vault without(String name) {
        SortedMap<String, Secret> less = new TreeMap<>(secrets);
        Secret was = less.remove(name);
        SortedMap<String, Integer> left = new TreeMap<>(gone);
        if (was != null) {
            left.put(name, was.version());
        }
        return new Vault(epoch, key, less, left);
    }

    @Override
    public String toString() {
        return "Vault[epoch=" + epoch + ", secrets=" + secrets.keySet() + "]";
    }
}
