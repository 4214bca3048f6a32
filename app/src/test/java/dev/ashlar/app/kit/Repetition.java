package dev.ashlar.app.kit;

import java.util.concurrent.atomic.AtomicBoolean;

/// Does the same again and again on a thread of its own, until it is stopped.
final class Repetition {
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread thread;

    /// @param round what is done; to be started yet
    Repetition(Runnable round) {
        this.thread =
                Thread.ofVirtual()
                        .unstarted(() -> {
                            while (!stop.get()) {
                                round.run();
                            }
                        });
    }

    void start() {
        thread.start();
    }

    /// Waits for the round that is under way: what it did is seen by the caller.
    void stop() {
        stop.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
