package dev.ashlar.app.execution;

import dev.ashlar.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Does one thing for many nodes at once, and waits no longer than a person would for those that do
/// not answer: what is late goes on by itself.
final class Together {
    static final int SOON_SECONDS = 2;
    private static final int PATIENCE_SECONDS = 5;
    private static final int MOST_AT_ONCE = 100;

    private Together() {}

    static void each(Collection<String> names, Consumer<String> work) throws InterruptedException {
        each(names, work, _ -> {});
    }

    /// @param late told, once, who has not answered soon, where there are such
    static void each(Collection<String> names, Consumer<String> work, Consumer<List<String>> late)
            throws InterruptedException {
        Set<String> open = ConcurrentHashMap.newKeySet();
        open.addAll(names);
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
                            open.remove(name);
                            all.countDown();
                        }
                    });
        }
        if (!all.await(SOON_SECONDS, TimeUnit.SECONDS)) {
            List<String> silent = names.stream().filter(open::contains).toList();
            if (!silent.isEmpty()) {
                late.accept(silent);
            }
            // Who is still late then is as good as away.
            var _ = all.await(PATIENCE_SECONDS - SOON_SECONDS, TimeUnit.SECONDS);
        }
    }
}
