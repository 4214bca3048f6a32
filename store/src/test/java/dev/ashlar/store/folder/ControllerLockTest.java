package dev.ashlar.store.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.store.OtherProcess;
import dev.ashlar.store.folder.ControllerLock.Attempt;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerLockTest {
    @TempDir Path cluster;

    @Test
    void oneHoldsItAndOthersLearnWho() {
        StateFolder folder = StateFolder.open(cluster);
        try (ControllerLock _ = taken(ControllerLock.take(folder))) {
            assertThat(ControllerLock.take(folder)).isInstanceOf(Attempt.Refused.class);
            assertThat(ControllerLock.holder(folder).orElseThrow().pid())
                    .isEqualTo(ProcessHandle.current().pid());
        }
        assertThat(ControllerLock.holder(folder)).isEmpty();
    }

    @Test
    void canBeTakenAgainAfterItWasGivenBack() {
        StateFolder folder = StateFolder.open(cluster);
        for (int i = 0; i < 3; i++) {
            taken(ControllerLock.take(folder)).close();
        }
        assertThat(ControllerLock.holder(folder)).isEmpty();
    }

    @Test
    void keepsOthersOutAndIsFreeOnceItsHolderIsKilled() throws Exception {
        StateFolder folder = StateFolder.open(cluster);
        try (OtherProcess holder = OtherProcess.start(LockHolder.class, cluster.toString())) {
            assertThat(holder.readLine()).isEqualTo("taken");
            assertThat(ControllerLock.take(folder))
                    .isInstanceOfSatisfying(
                            Attempt.Refused.class,
                            refused ->
                                    assertThat(refused.holder().orElseThrow().pid())
                                            .isEqualTo(holder.pid()));
            assertThat(ControllerLock.holder(folder).orElseThrow().toString())
                    .contains("process " + holder.pid(), " since ");
            holder.kill();
            assertThat(ControllerLock.holder(folder)).isEmpty();
            taken(ControllerLock.take(folder)).close();
        }
    }

    private static ControllerLock taken(Attempt attempt) {
        assertThat(attempt).isInstanceOf(Attempt.Taken.class);
        return ((Attempt.Taken) attempt).lock();
    }

    /// Takes the lock and keeps it until it is killed.
    static final class LockHolder {
        public static void main(String[] arguments) throws Exception {
            Attempt attempt = ControllerLock.take(StateFolder.open(Path.of(arguments[0])));
            System.out.println(attempt instanceof Attempt.Taken ? "taken" : "refused");
            System.in.read();
        }
    }
}
