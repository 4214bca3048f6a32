package dev.ashlar.engine.run;

/// How a run ended, in numbers of instances.
///
/// @param leftOut how many were not for this run to do, or waited for such
/// @param resumed how many were taken up again after an earlier process had died over them
public record Totals(
        int ran,
        int changed,
        int skipped,
        int failed,
        int blocked,
        int leftOut,
        int cancelled,
        int resumed) {

    public boolean isDone() {
        return failed == 0 && blocked == 0 && cancelled == 0;
    }
}
