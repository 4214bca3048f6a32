package dev.ashlar.nodes.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The `ssh` command for a person.
class OpenSshTest {
    private static final HostKey KEY = new HostKey("ssh-ed25519", "AAAAnode");
    private static final HostKey OLD = new HostKey("ssh-rsa", "AAAAold");
    private static final HostKey GATE = new HostKey("ssh-ed25519", "AAAAgate");

    private static NodeAccess at(String address, List<HostKey> keys, Optional<NodeAccess> jump) {
        return new NodeAccess(
                "store-1", address, 2222, "admin", Path.of("/k/my key"), keys, true, jump);
    }

    private static String option(List<String> words, String name) {
        return words.stream()
                .filter(word -> word.startsWith(name + "="))
                .findFirst()
                .map(word -> word.substring(name.length() + 1))
                .orElse("");
    }

    @Test
    void trustsWhatIsPinnedAndReadsNoConfiguration(@TempDir Path folder) throws IOException {
        OpenSsh ssh = new OpenSsh(at("10.0.0.1", List.of(KEY, OLD), Optional.empty()), folder);
        ssh.keepKeys();
        List<String> words = ssh.words(false, List.of());
        assertThat(words)
                .startsWith("ssh", "-F", "none", "-p", "2222", "-l", "admin", "-i", "/k/my key")
                .contains("StrictHostKeyChecking=yes", "GlobalKnownHostsFile=/dev/null")
                .endsWith("--", "10.0.0.1")
                .doesNotContain("-t");
        assertThat(option(words, "HostKeyAlgorithms"))
                .isEqualTo("ssh-ed25519,rsa-sha2-512,rsa-sha2-256");
        assertThat(option(words, "HostKeyAlias")).isEqualTo("store-1");
        assertThat(Path.of(option(words, "UserKnownHostsFile").replace("\"", "")))
                .hasParent(folder)
                .hasContent("store-1 ssh-ed25519 AAAAnode\nstore-1 ssh-rsa AAAAold\n");
    }

    @Test
    void aCommandIsOneWordThatTheShellThereTakesApartAgain(@TempDir Path folder) {
        OpenSsh ssh = new OpenSsh(at("10.0.0.1", List.of(KEY), Optional.empty()), folder);
        assertThat(ssh.words(true, List.of("sh", "-c", "echo 'a b'\nid", "")))
                .endsWith("-t", "--", "10.0.0.1", "'sh' '-c' 'echo '\\''a b'\\''\nid' ''");
    }

    @Test
    void aJumpHostMustShowAKeyOfItsOwn(@TempDir Path folder) throws IOException {
        NodeAccess gate = at("gate%eth0", List.of(GATE), Optional.empty());
        OpenSsh ssh = new OpenSsh(at("10.0.0.1", List.of(KEY), Optional.of(gate)), folder);
        ssh.keepKeys();
        List<String> words = ssh.words(false, List.of());
        String proxy = option(words, "ProxyCommand");
        String trusted = option(words, "UserKnownHostsFile").replace("\"", "");
        assertThat(proxy)
                .startsWith("'ssh' '-F' 'none' '-p' '2222'")
                .contains("'StrictHostKeyChecking=yes'", "'/k/my key'")
                .doesNotContain(trusted)
                .endsWith(" -W '[%h]:%p' '--' 'gate%%eth0'");
        assertThat(Path.of(trusted)).hasContent("store-1 ssh-ed25519 AAAAnode");
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(2)
                    .anySatisfy(file -> {
                        assertThat(file).hasContent("store-1 ssh-ed25519 AAAAgate");
                        assertThat(proxy).contains(file.getFileName().toString());
                    });
        }
    }
}
