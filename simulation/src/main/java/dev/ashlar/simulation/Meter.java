package dev.ashlar.simulation;

/// How much goes on at once, and for how long it is as much as may be.
final class Meter {
    private final int limit;
    private int now;
    private int most;
    private long lastMs;
    private long fullMs;
    private long busyMs;

    Meter(int limit) {
        this.limit = limit;
    }

    void begin(long atMs) {
        pass(atMs);
        now++;
        most = Math.max(most, now);
    }

    void end(long atMs) {
        pass(atMs);
        now--;
    }

    private void pass(long atMs) {
        long passed = atMs - lastMs;
        busyMs += passed * now;
        fullMs += now >= limit ? passed : 0;
        lastMs = atMs;
    }

    int most() {
        return most;
    }

    /// For how long nothing more could begin, until then.
    long fullMs(long atMs) {
        pass(atMs);
        return fullMs;
    }

    /// The time of all that went on, until then: two at once count twice.
    long busyMs(long atMs) {
        pass(atMs);
        return busyMs;
    }
}
