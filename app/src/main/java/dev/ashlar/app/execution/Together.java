package dev.ashlar.app.execution;

import dev.ashlar.store.StoreException;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Does one thing for many nodes at once, and waits no longer than a person would for those that do
/// not answer: what is late goes on by itself.
final class Together {
    private static final int PATIENCE_SECONDS = 5;
    private static final int MOST_AT_ONCE = 100;

    private Together() {}

    static void each(Collection<String> names, Consumer<String> work) throws InterruptedException {
        CountDownLatch all = new CountDownLatch(names.size());
        Semaphore room = new Semaphore(MOST_AT_ONCE);
        for (String name : names) {
            Thread.ofVirtual()
                    .name("ask-" + name)
                    .start(() -> {
                        room.acquireUninterruptibly();
                        try {
                            work.accept(name);
                        } catch (StoreException | IllegalStateException _) {
                            // As good as no answer.
                        } finally {
                            room.release();
                            all.countDown();
                        }
                    });
        }
        // Who is late is as good as away.
        var _ = all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
