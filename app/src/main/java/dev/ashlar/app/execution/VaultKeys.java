package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.ConfigFolder;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.folder.BoundedFile;
import dev.ashlar.store.vault.KeyFile;
import dev.ashlar.store.vault.NewLock;
import dev.ashlar.store.vault.Unlocker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// By what this person's vaults are unlocked: the key file that `$ASHLAR_KEY_FILE` names, or else
/// that of the state, `ashlar/vault/LINEAGE.key` in the folder for configuration; and what stands
/// in the file that `$ASHLAR_PASSPHRASE_FILE` names. The environment holds no secret itself.
///
/// @param lineage of the state
public record VaultKeys(Map<String, String> environment, String lineage) {
    private static final String KEY_FILE = "ASHLAR_KEY_FILE";
    private static final String PASSPHRASE_FILE = "ASHLAR_PASSPHRASE_FILE";

    public VaultKeys {
        environment = Map.copyOf(environment);
    }

    /// The key files that are there.
    ///
    /// @throws StoreException when one that is named cannot be read
    public Unlocker.Keys keys() {
        Optional<Path> named = named(KEY_FILE);
        return new Unlocker.Keys(
                named.or(() -> place().filter(Files::exists)).map(KeyFile::read).stream().toList());
    }

    /// The passphrase in the file that is named for it; whoever asks clears it afterwards.
    ///
    /// @throws StoreException when it cannot be read
    public Optional<char[]> passphrase() {
        return named(PASSPHRASE_FILE).map(VaultKeys::firstLine);
    }

    /// What a new vault is locked with, and where its key lies: what the environment names, or else
    /// a key file that is made for it.
    ///
    /// @throws StoreException when there is no place for that, or it cannot be written
    public List<NewLock> locks() {
        Optional<char[]> passphrase = passphrase();
        if (passphrase.isPresent() && named(KEY_FILE).isEmpty()) {
            return List.of(new NewLock.Passphrase(passphrase.get()));
        }
        Path file = named(KEY_FILE).or(this::place).orElseThrow(VaultKeys::homeless);
        KeyFile key =
                named(KEY_FILE).isPresent() || Files.exists(file)
                        ? KeyFile.read(file)
                        : KeyFile.make(file);
        return key.recipients().stream().<NewLock>map(NewLock.Identity::new).toList();
    }

    private Optional<Path> place() {
        return ConfigFolder.of(environment)
                .map(config -> config.resolve("vault").resolve(lineage + ".key"));
    }

    /// The state's own key file, where nothing in the environment stands in its place.
    public Optional<Path> own() {
        return place().filter(_ -> named(KEY_FILE).isEmpty() && named(PASSPHRASE_FILE).isEmpty());
    }

    private Optional<Path> named(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }

    private static StoreException homeless() {
        return new StoreException(
                StoreException.Kind.UNFIT,
                "there is no place for the key of the vault: neither $HOME nor $XDG_CONFIG_HOME is"
                        + " set. $"
                        + KEY_FILE
                        + " names a key file");
    }

    private static char[] firstLine(Path file) {
        try {
            byte[] bytes = BoundedFile.given(file, BoundedFile.KEY_MAX_BYTES);
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            char[] all = Arrays.copyOf(decoded.array(), decoded.remaining());
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(decoded.array(), ' ');
            int end = CharBuffer.wrap(all).chars().boxed().toList().indexOf((int) '\n');
            int length = end < 0 ? all.length : end;
            boolean isDos = length > 0 && all[length - 1] == '\r';
            char[] line = Arrays.copyOf(all, isDos ? length - 1 : length);
            Arrays.fill(all, ' ');
            return line;
        } catch (IOException e) {
            throw StoreException.refused(file, "cannot be read", e);
        }
    }
}
