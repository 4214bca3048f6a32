package dev.ashlar.app.execution;

/// The name of the lab that belongs to a cluster's state: two clones of one cluster have a lab
/// each.
public final class LabNaming {
    private static final int LINEAGE_CHARACTERS = 8;

    private LabNaming() {}

    public static String of(String cluster, String lineage) {
        return cluster + "-" + lineage.substring(0, LINEAGE_CHARACTERS);
    }
}
