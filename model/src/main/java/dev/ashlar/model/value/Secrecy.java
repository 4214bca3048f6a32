package dev.ashlar.model.value;

/// Whether a value may be shown. A two-point lattice: secret absorbs public.
public enum Secrecy {
    PUBLIC,
    SECRET;

    Secrecy join(Secrecy other) {
        return this == SECRET ? SECRET : other;
    }
}
