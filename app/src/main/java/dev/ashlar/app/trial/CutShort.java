package dev.ashlar.app.trial;

/// Stands for the end of the controller: thrown out of its journal, it ends a run where a kill
/// would.
final class CutShort extends RuntimeException {
    private static final long serialVersionUID = 1;

    CutShort(String where) {
        super(where, null, false, false);
    }
}
