package dev.ashlar.services.pki;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// What an authority asks another one to sign (PKCS #10): an authority's certificate, with all that
/// has to stand in it, so that whoever signs can copy that.
///
/// @param pem says nothing of the key but its public half
record SigningRequest(PrivateKey key, String pem) {

    /// With a key of its own.
    ///
    /// @param number which of the authority's certificates it is to be
    static SigningRequest make(String cluster, String name, int number) {
        KeyPair keys = Keys.generate();
        try {
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.basicConstraints, true, Authority.NO_FURTHER);
            extensions.addExtension(Extension.keyUsage, true, Authority.SIGNS);
            byte[] der =
                    new JcaPKCS10CertificationRequestBuilder(
                                    Names.authority(cluster, name, number), keys.getPublic())
                            .addAttribute(
                                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                                    extensions.generate())
                            .build(
                                    new JcaContentSignerBuilder(Authority.SIGNATURE)
                                            .build(keys.getPrivate()))
                            .getEncoded();
            return new SigningRequest(keys.getPrivate(), Pem.ofRequest(der));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot ask for an authority's certificate", e);
        }
    }
}
