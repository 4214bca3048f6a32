package dev.ashlar.engine.run;

/// The named limits of a run and what its identities are made of.
///
/// @param run its number
/// @param lineage prefix of intents, unique per state
/// @param parallel how many pieces of work may be carried out at once
/// @param perNode how many of them on one node
public record Settings(long run, String lineage, int parallel, int perNode) {
    public static final int DEFAULT_PARALLEL = 100;

    public static Settings of(long run, String lineage) {
        return new Settings(run, lineage, DEFAULT_PARALLEL, 1);
    }

    public Settings withParallel(int limit) {
        return new Settings(run, lineage, limit, perNode);
    }
}
