package dev.ashlar.services.pki;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Certificates for people, beside the cluster's file: `USE/STEP.pem`, `USE/STEP-key.pem`,
/// `USE/STEP-authority.pem` and `USE/STEP-revoked.pem` under the access folder. The steps of a use
/// share a folder, never a file.
final class ControllerCertificates {
    private static final String KIND = "controller-file";

    private final Issuance issuance;
    private final Path access;

    ControllerCertificates(Issuance issuance, Path access) {
        this.issuance = issuance;
        this.access = access;
    }

    static boolean owns(Owned owned) {
        return owned.kind().equals(KIND);
    }

    Report bringAbout(Work.Call call, CertificateSpec spec) throws IOException {
        Path folder =
                spec.directory().isEmpty()
                        ? access.resolve(call.key().use())
                        : access.resolve(spec.directory());
        String stem = stem(call.key());
        Path certificateFile = folder.resolve(stem + ".pem");
        Path keyFile = folder.resolve(stem + "-key.pem");
        Path authorityFile = folder.resolve(stem + "-authority.pem");
        Path listFile = folder.resolve(stem + "-revoked.pem");
        PrivateFiles.makeFolder(folder);

        List<String> changed = new ArrayList<>();
        Optional<X509Certificate> inPlace = read(certificateFile);
        PublicKey publicKey;
        Optional<PrivateKey> another = Optional.empty();
        Optional<PublicKey> kept = inPlace.map(X509Certificate::getPublicKey);
        if (kept.isPresent()
                && !issuance.wantsAnotherKey(spec, kept.get())
                && belongs(keyFile, kept.get())) {
            publicKey = kept.get();
        } else {
            KeyPair pair = Keys.generate(spec.algorithm());
            another = Optional.of(pair.getPrivate());
            publicKey = pair.getPublic();
        }
        var issued = issuance.certificate(call, spec, publicKey, inPlace);
        // Key and certificate right after each other: who reads them wants two that fit.
        if (another.isPresent()) {
            PrivateFiles.replace(keyFile, Pem.of(another.get()), PrivateFiles.KEY);
            changed.add("key " + keyFile);
        }
        if (PrivateFiles.replace(certificateFile, issued.text(), PrivateFiles.PUBLIC)) {
            changed.add("file " + certificateFile);
        }
        if (PrivateFiles.replace(authorityFile, issued.authority(), PrivateFiles.PUBLIC)) {
            changed.add("file " + authorityFile);
        }
        if (PrivateFiles.replace(listFile, issued.revoked(), PrivateFiles.PUBLIC)) {
            changed.add("file " + listFile);
        }
        List<Owned> owned = new ArrayList<>();
        for (Path file : List.of(keyFile, certificateFile, authorityFile, listFile)) {
            owned.add(Owned.of(KIND, file.toString(), false, Map.of("made", "true")));
        }
        return new Report.Done(
                changed,
                issued.outputs(
                        certificateFile.toString(),
                        keyFile.toString(),
                        authorityFile.toString(),
                        listFile.toString()),
                owned,
                "");
    }

    Report takeBack(Work.Undo undo) {
        List<String> changed = new ArrayList<>();
        try {
            for (Owned owned : undo.owned()) {
                Path file = Path.of(owned.identity());
                if (owns(owned) && Files.deleteIfExists(file)) {
                    changed.add("file " + file);
                    deleteIfEmpty(file.resolveSibling(""));
                }
            }
        } catch (IOException e) {
            return CertificateFunction.notDone(
                    Failure.passing("access-files", Fault.SITE, "cannot be removed: " + e));
        }
        return new Report.Done(changed, new LinkedHashMap<>(), List.of(), "");
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            if (files.iterator().hasNext()) {
                return;
            }
        }
        Files.delete(folder);
    }

    private static String stem(InstanceKey key) {
        String name =
                key.step()
                        + key.key().map(k -> "-" + k).orElse("")
                        + key.node().map(n -> "-" + n).orElse("");
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static Optional<X509Certificate> read(Path file) throws IOException {
        try {
            return Files.exists(file)
                    ? Optional.of(Pem.certificate(Files.readString(file)))
                    : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /// True when the file holds the private half, closed to others.
    private static boolean belongs(Path keyFile, PublicKey publicKey) throws IOException {
        if (!Files.exists(keyFile)) {
            return false;
        }
        try {
            return Keys.isPair(Pem.privateKey(Files.readString(keyFile)), publicKey)
                    && Files.getPosixFilePermissions(keyFile)
                            .equals(
                                    java.nio.file.attribute.PosixFilePermissions.fromString(
                                            PrivateFiles.KEY));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
