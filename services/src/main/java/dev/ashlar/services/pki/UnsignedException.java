package dev.ashlar.services.pki;

import java.io.IOException;

/// An authority that another one is to sign has no certificate yet.
final class UnsignedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String authority;

    UnsignedException(String authority) {
        super("authority " + authority + " is not signed yet");
        this.authority = authority;
    }

    String reason() {
        return "authority %s waits for its certificate: what it asks for has not been signed yet"
                .formatted(authority);
    }
}
