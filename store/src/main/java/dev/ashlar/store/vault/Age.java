package dev.ashlar.store.vault;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binary files of age (age-encryption.org/v1), in memory. Whoever knows a recipient can make one
/// for it: it says nothing of who wrote it.
final class Age {
    private Age() {}

    /// @param recipients any of whom opens it; at least one
    static byte[] seal(byte[] plain, List<Recipient> recipients) {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try {
            List<RecipientStanzaWriter> writers = new ArrayList<>();
            for (Recipient recipient : recipients) {
                writers.add(
                        X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(
                                recipient.text()));
            }
            try (WritableByteChannel channel =
                    new StandardEncryptingChannelFactory()
                            .newEncryptingChannel(Channels.newChannel(sealed), writers)) {
                ByteBuffer left = ByteBuffer.wrap(plain);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("memory takes what these recipients can open", e);
        }
        return sealed.toByteArray();
    }

    /// Empty when it was sealed for others, or has been changed.
    static Optional<byte[]> open(byte[] sealed, Identity identity) {
        try (var channel =
                new StandardDecryptingChannelFactory()
                        .newDecryptingChannel(
                                Channels.newChannel(new ByteArrayInputStream(sealed)),
                                List.of(
                                        X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
                                                identity.text())))) {
            return Optional.of(Channels.newInputStream(channel).readAllBytes());
        } catch (GeneralSecurityException | IOException | RuntimeException _) {
            // What was changed on purpose leads the library to exceptions of many kinds.
            return Optional.empty();
        }
    }
}
