package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.OpenVault;
import dev.ashlar.app.cluster.Operator;
import dev.ashlar.model.journal.JournalRecord.Change;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.vault.Sealed;
import dev.ashlar.store.vault.VaultFile;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A cluster's vault while a run is under way: steps put into it what they make. Thread safe.
public final class VaultInUse {
    private final Optional<Acting> acting;
    private OpenVault open;
    private Redaction redaction;

    private VaultInUse(Optional<Acting> acting, OpenVault open) {
        this.acting = acting;
        this.open = open;
        this.redaction = Redaction.of(open.vault());
    }

    /// One that is written down. What a crash kept off the record is on it when this returns.
    ///
    /// @throws StoreException when the vault is no longer the one that was opened: another process
    ///   has changed it before this one had the right to act
    public static VaultInUse of(Acting acting, OpenVault open) {
        VaultFile file = VaultFile.of(acting.state());
        if (!file.read()
                .map(Sealed::digest)
                .equals(open.opened().map(one -> one.sealed().digest()))) {
            throw new StoreException(
                    StoreException.Kind.OTHER_WRITER,
                    file.path() + " was changed since it was read. Nothing was done. Start again");
        }
        VaultKeeper.caughtUp(acting, open).ifPresent(acting.past()::apply);
        return new VaultInUse(Optional.of(acting), open);
    }

    /// One that is gone with this process.
    public static VaultInUse inMemory(OpenVault open) {
        return new VaultInUse(Optional.empty(), open);
    }

    /// With what steps have put into it by now.
    public synchronized OpenVault open() {
        return open;
    }

    public synchronized Vault vault() {
        return open.vault();
    }

    /// Takes what is in it out of what nodes say.
    public synchronized Redaction redaction() {
        return redaction;
    }

    /// Writes down what has been made for the run, before any of it is given to a node; of a vault
    /// that is not there yet also the key of its digests, which the next run needs.
    ///
    /// @param told where a key file lies that was made for it
    /// @throws dev.ashlar.store.StoreException when the vault is no longer the one that was opened,
    ///   or the disk refuses
    public synchronized void keepMade(Consumer<String> told) {
        boolean isNew = open.opened().isEmpty();
        if (acting.isPresent() && (isNew || !open.made().isEmpty())) {
            VaultKeeper.Written written =
                    VaultKeeper.keep(
                            acting.get(), open, open.vault(), Change.GENERATED, open.made(), told);
            acting.get().past().apply(written.record());
            open = OpenVault.of(written.opened());
        }
    }

    /// Keeps what a step has made. It is on disk and on record when this returns; the fold of the
    /// run, which is another thread's, does not need it.
    ///
    /// @throws dev.ashlar.store.StoreException as [#keepMade] does
    synchronized Secret keep(String name, String text) {
        Secret.Text content = new Secret.Text(text);
        Optional<Secret> before = open.vault().secret(name);
        if (before.filter(secret -> secret.content().equals(content)).isPresent()) {
            return before.get();
        }
        Vault next =
                open.vault().with(name, content, true, Operator.name(), Clock.systemUTC().millis());
        Secret kept = next.secret(name).orElseThrow();
        SortedMap<String, Integer> version = new TreeMap<>();
        version.put(name, kept.version());
        open =
                acting.map(one ->
                                OpenVault.of(
                                        VaultKeeper.keep(
                                                        one,
                                                        open,
                                                        next,
                                                        Change.GENERATED,
                                                        version,
                                                        _ -> {})
                                                .opened()))
                        .orElseGet(() -> new OpenVault(Optional.empty(), next, new TreeMap<>()));
        redaction = Redaction.of(next);
        return kept;
    }
}
