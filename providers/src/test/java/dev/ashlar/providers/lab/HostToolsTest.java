package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostToolsTest {

    @Test
    void namesEachMissingPackageOnce() {
        assertThat(HostTools.missing(_ -> false))
                .containsExactly(
                        "debian-archive-keyring",
                        "debootstrap",
                        "e2fsprogs",
                        "iproute2",
                        "iptables",
                        "mount",
                        "openssh-client",
                        "systemd-container",
                        "util-linux");
    }

    @Test
    void namesOnlyWhatIsMissing() {
        assertThat(HostTools.missing(tool -> !tool.equals("systemd-nspawn")))
                .containsExactly("systemd-container");
        assertThat(HostTools.missing(_ -> true)).isEmpty();
    }

    @Test
    void installsWithoutAskingAndWithoutRecommendations() {
        assertThat(HostTools.installCommand(List.of("debootstrap", "iptables")))
                .containsExactly(
                        "apt-get",
                        "install",
                        "-y",
                        "--no-install-recommends",
                        "debootstrap",
                        "iptables");
    }
}
