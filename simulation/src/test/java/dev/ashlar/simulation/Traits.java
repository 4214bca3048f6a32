package dev.ashlar.simulation;

/// What is in the cluster that is made up from a seed, and what becomes of it.
final class Traits {
    private Traits() {}

    /// True where somebody takes something out of the files between two runs.
    static boolean isEdited(long seed) {
        return seed % 5 == 0 || seed % 5 == 2;
    }

    /// True where members that were founded together come and go between two runs.
    static boolean isGrowing(long seed) {
        return seed % 6 == 4;
    }

    /// True where steps are wanted at one time and not at another: of some seeds, and where that
    /// alone once failed.
    static boolean isVaried(long seed) {
        return isRepeated(seed) || seed == 17477;
    }

    /// True where steps are repeated besides, for elements that come and go.
    static boolean isRepeated(long seed) {
        return seed % 11 == 0 || seed % 11 == 5;
    }

    /// True where uses require others by interface: whoever stands for it may be another in each
    /// version.
    static boolean isWired(long seed) {
        return seed % 7 == 3 || seed % 7 == 5;
    }

    /// True where uses publish what others collect.
    static boolean isCollecting(long seed) {
        return seed % 7 == 2;
    }

    /// True where some of what steps produce is good for a time only.
    static boolean isLapsing(long seed) {
        return seed % 11 == 10;
    }

    /// True where uses follow the members of others one by one.
    static boolean isFollowing(long seed) {
        return seed % 4 == 1 && !isEdited(seed) && !isGrowing(seed) && !isRepeated(seed);
    }
}
