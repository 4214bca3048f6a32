package dev.ashlar.store.vault;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.ashlar.store.StoreException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Whom something is sealed for: the public half of an [Identity], as age writes it
/// (age-encryption.org/v1, "X25519 recipient").
///
/// @param text `age1…`, in its one spelling
public record Recipient(String text) {
    static final String PREFIX = "age";
    private static final Pattern FORM = Pattern.compile("age1[02-9ac-hj-np-z]{58}");
    private static final int SHOWN = 80;

    /// @throws StoreException when it is none; the message names it
    public Recipient {
        if (!FORM.matcher(text).matches() || !isUsable(text)) {
            throw new StoreException(StoreException.Kind.UNFIT, objection(text));
        }
    }

    /// Checked by use: a text may be well written and yet stand for no point that has a secret.
    private static boolean isUsable(String text) {
        try {
            byte[] point = Bech32.getDecoder().decode(text).getData();
            if (!Bech32.getEncoder().encode(PREFIX, point).toString().equals(text)) {
                return false;
            }
            X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text)
                    .getRecipientStanzas(new FileKey());
            return true;
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false;
        }
    }

    private static String objection(String text) {
        String known = text.toUpperCase(Locale.ROOT);
        if (known.contains(Identity.BEGIN)) {
            // What was mistaken for a recipient must not be shown.
            return "a secret key ("
                    + Identity.BEGIN
                    + "1…) is no recipient. Give its public key, age1…";
        }
        String shown =
                text.length() <= SHOWN
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, SHOWN / 2)) + "…";
        return "\"" + shown + "\" is no recipient of age: that is age1 and 58 characters";
    }

    @Override
    public String toString() {
        return text;
    }
}
