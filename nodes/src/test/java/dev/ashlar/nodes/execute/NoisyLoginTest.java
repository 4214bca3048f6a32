package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.work.Report;
import dev.ashlar.nodes.transport.Connection;
import dev.ashlar.nodes.transport.LocalTransport;
import dev.ashlar.nodes.transport.Running;
import dev.ashlar.nodes.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a login shell prints or starts before ours is there.
@Timeout(60)
class NoisyLoginTest {
    /// A login shell that runs something of its own before the command.
    private static Transport loginRuns(String first) {
        LocalTransport plain = new LocalTransport("dash", Map.of());
        return access ->
                switch (plain.open(access)) {
                    case Transport.Opening.Opened(Connection connection) ->
                            new Transport.Opening.Opened(
                                    new Connection() {
                                        @Override
                                        public Running start(String command) throws IOException {
                                            return connection.start(first + "; " + command);
                                        }

                                        @Override
                                        public void close() {
                                            connection.close();
                                        }
                                    });
                    case Transport.Opening.Refused refused -> refused;
                };
    }

    @Test
    void muchWithoutANewlineIsPassedOver(@TempDir Path folder) {
        String much = "head -c 20000 /dev/zero | tr '\\0' x";
        try (LocalNodes nodes = new LocalNodes(loginRuns(much), "dash", folder)) {
            Report report = nodes.execute(LocalNodes.script("echo here"));
            assertThat(report).isInstanceOf(Report.Done.class);
            assertThat(report.log()).isEqualTo("here\n");
        }
    }

    @Test
    void aShellThatNeverComesIsToldWithWhereToLook(@TempDir Path folder) {
        try (LocalNodes nodes = new LocalNodes(loginRuns("exit 0"), "dash", folder)) {
            Report report = nodes.execute(LocalNodes.script("true"));
            assertThat(report).isInstanceOf(Report.NotDone.class);
            assertThat(((Report.NotDone) report).failure().kind()).isEqualTo("no-shell");
            assertThat(((Report.NotDone) report).failure().hint().orElseThrow())
                    .contains(".profile");
        }
    }
}
