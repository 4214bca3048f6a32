package dev.ashlar.nodes.token;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.text.Plain;
import dev.ashlar.nodes.channel.ShellText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A key pair of its own for one machine: the machine certifies its host keys with the private
/// half, and forgets it; the controller keeps the public half alone.
///
/// @param key whose certificates count
/// @param secret the private half, as OpenSSH keeps it
public record JoinToken(HostKey key, String secret) {
    private static final String SCRIPT = "join.sh";

    /// Another one each time.
    public static JoinToken make() {
        try {
            KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
            ByteArrayOutputStream secret = new ByteArrayOutputStream();
            pair.writeOpenSSHv1PrivateKey(secret, null);
            HostKey key = HostKey.of(pair.getPublicKeyBlob());
            pair.dispose();
            return new JoinToken(key, secret.toString(StandardCharsets.US_ASCII));
        } catch (JSchException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /// The name that its certificates are for: only this node's.
    public static String principal(String node) {
        return "ashlar:" + node;
    }

    /// What is to be run as root on the machine, which may be its cloud-init's user-data: a shell
    /// script with the token in it.
    ///
    /// @param node a name as the language allows them
    /// @param until for people
    public String script(String cluster, String node, String until) {
        return ShellText.packed(JoinToken.class, SCRIPT)
                .replace("@CLUSTER@", Plain.line(cluster))
                .replace("@NODE@", Plain.line(node))
                .replace("@PRINCIPAL@", principal(node))
                .replace("@UNTIL@", until)
                .replace("@TOKEN@", secret.strip());
    }

    /// Says nothing of the private half.
    @Override
    public String toString() {
        return "JoinToken[" + key.fingerprint() + "]";
    }
}
