package dev.ashlar.app;

import dev.ashlar.app.command.AshlarCommand;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Goes through what typical commands need, for the virtual machine to lay out ready to use. Run
/// once by the launcher after a build; each argument is a command with its words. A connection's
/// part is gone through without one.
final class Training {
    private static final List<String> OF_CONNECTIONS =
            List.of("com/jcraft/jsch/", "dev/ashlar/nodes/");

    private Training() {}

    public static void main(String[] commands) throws IOException, GeneralSecurityException {
        for (String words : commands) {
            AshlarCommand.runProcess(words.split(" "));
        }
        Exit.preload();
        for (String jar : System.getProperty("java.class.path").split(":")) {
            link(jar);
        }
        agreeAndSign();
    }

    private static void link(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .filter(name -> OF_CONNECTIONS.stream().anyMatch(name::startsWith))
                    .forEach(Training::linkClass);
        }
    }

    /// Asking for its methods links a class and does not begin it.
    private static void linkClass(String entry) {
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        try {
            var _ =
                    Class.forName(name, false, Training.class.getClassLoader())
                            .getDeclaredMethods();
        } catch (ClassNotFoundException | LinkageError _) {
            // It is for a library that is not there.
        }
    }

    /// What a connection begins with.
    private static void agreeAndSign() throws GeneralSecurityException {
        KeyPair ours = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        KeyPair theirs = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(ours.getPrivate());
        agreement.doPhase(theirs.getPublic(), true);
        byte[] secret = MessageDigest.getInstance("SHA-256").digest(agreement.generateSecret());
        KeyPair host = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(host.getPrivate());
        signature.update(secret);
        byte[] signed = signature.sign();
        signature.initVerify(host.getPublic());
        signature.update(secret);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(secret, "AES"),
                new GCMParameterSpec(128, new byte[12]));
        if (!signature.verify(signed) || cipher.doFinal(signed).length <= signed.length) {
            throw new GeneralSecurityException("what was signed or encrypted is not");
        }
    }
}
