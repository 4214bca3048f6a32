/// Certificates from a cluster's own authorities. Entry:
/// [dev.ashlar.services.pki.CertificateFunction]. A node's private key is made on the node and is
/// never read from there; what is signed is what the step asks for, never what a request says.
@NullMarked
package dev.ashlar.services.pki;

import org.jspecify.annotations.NullMarked;
