package dev.ashlar.engine.run;

/// How a run ended, in numbers of instances.
///
/// @param resumed how many were taken up again after an earlier process had died over them
public record Totals(
        int ran, int changed, int skipped, int failed, int blocked, int cancelled, int resumed) {

    public boolean isDone() {
        return failed == 0 && blocked == 0 && cancelled == 0;
    }
}
