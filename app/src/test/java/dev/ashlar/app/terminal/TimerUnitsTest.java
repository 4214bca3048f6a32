package dev.ashlar.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimerUnitsTest {
    @TempDir Path folder;

    private TimerUnits units(String cluster) {
        return new TimerUnits(
                "etcd-demo",
                Host.checkout().resolve("ashlar"),
                folder.resolve(cluster),
                "root",
                Map.of("XDG_CONFIG_HOME", "/srv/100% \"mine\""));
    }

    /// Where machines can be made there is a systemd to ask.
    @Test
    @Tag("lab")
    void systemdTakesThem() throws IOException {
        TimerUnits units = units("my clusters");
        Path service = folder.resolve("ashlar-etcd-demo-pki.service");
        Path timer = folder.resolve("ashlar-etcd-demo-pki.timer");
        Files.write(service, units.service());
        Files.write(timer, units.timer());
        Finished verified =
                Host.run("systemd-analyze", "verify", service.toString(), timer.toString());
        assertThat(verified.err()).doesNotContain("etcd-demo");
        assertThat(verified.exitCode()).isZero();
    }

    /// What is printed puts both where systemd looks, and nothing else.
    @Test
    void theScriptWritesBoth() {
        Path copy = folder.resolve("units");
        assertThat(Host.run("mkdir", copy.toString()).exitCode()).isZero();
        String script =
                String.join("\n", units("a").lines())
                        .replace("/etc/systemd/system", copy.toString())
                        .replace("systemctl ", "echo systemctl ");
        Finished installed = Host.run("sh", "-euc", script).expect(0);
        assertThat(installed.outLines())
                .containsExactly(
                        "systemctl daemon-reload",
                        "systemctl enable --now ashlar-etcd-demo-pki.timer");
        assertThat(copy.resolve("ashlar-etcd-demo-pki.service"))
                .content()
                .contains("pki renew --due --yes --no-input", "100%% \\\"mine\\\"");
        assertThat(copy.resolve("ashlar-etcd-demo-pki.timer"))
                .content()
                .contains("OnCalendar=daily", "RandomizedDelaySec=", "Persistent=true");
    }
}
