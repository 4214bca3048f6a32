package dev.ashlar.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostKeyTest {
    private static final String ED25519 =
            "AAAAC3NzaC1lZDI1NTE5AAAAINrmYZzdLa2Px8fUumxd9Lg9zU3/8S8IyKukX/IuRx7l";

    /// What `ssh-keygen -l` of OpenSSH 9.2 says of these keys.
    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519,"
                + ED25519
                + ",256 SHA256:M/G7GHUcoMCjJm95d/q3NbArwug3HXKQq++0npYahXY (ED25519)",
        "ecdsa-sha2-nistp256,AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBB/er6bDHRK/7L6LbFnW3V3GMo2N0la40p8CfUX7TuplP1gGkg44YuaXMJi5FQiS7TiqLeg5NdbGQazZAy++CPk=,256 SHA256:WzIzEdsEx9I4VytIUy87+Z8YldiDZ7WVk0uwFIXGOIA (ECDSA)",
        "ecdsa-sha2-nistp521,AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBABW9woGi0R/VlqqvXkg443zW46wLuY88v+9PZX8Ylty1jLXSODgauMWZkQJVRmbmVDI4RhLDkpHNNKCaSeQbpVAPAAnbHsPGpKzuCYOmscnpkOKaWPL4Oh9T9/4C1GtmBNQ11+kKmFBusVzxfCrZm44lwjij+xKD5f4PdDdTYHU0rzu8g==,521 SHA256:/81r9jwE/CIZt0vCXmzIrd1I/TN5VZGldM1pe5tHOYM (ECDSA)",
        "ssh-rsa,AAAAB3NzaC1yc2EAAAADAQABAAABAQCoH9wCqeyqUShLGTT+En6iqwZ3hXDf8kqBV1Yd8BZJlH/IIyuetyqel3OQffjG1os76j9NgZb2pIUSvnfQ3Nj4pSHpK2eZGROmqlU9XOTy2mfsG8LT88ge3DsMgj1B2bBWhsUYEUSrMbxlFUTCpNFs5cQ9cAi4Tsak0FDzKyBAjk0A+aXibRnAsZFrGxIiP03ahkw7YDnWeBdvnvaVTzvvIpV3yeewlX4L0x0bnzfiK1vnUMaG8Wiq2VNgG1iSJEzkoGYpy0qdsw7MSU7CceDPDFEC0SGl+0nofrhjQxlGdKQRioW8zmN7olfFlh+JLbANssEC+d53VCp6RcBhEaKT,2048 SHA256:SurRn8ve6gSKN95Epns7Eip6FWKSMhGPjQLC+DVqUhk (RSA)"
    })
    void isToldAsOpenSshTellsIt(String algorithm, String base64, String listed) {
        HostKey key = HostKey.parse(algorithm + " " + base64 + " a comment").orElseThrow();
        assertThat(key.listed()).isEqualTo(listed);
        assertThat(HostKey.of(Base64.getDecoder().decode(base64))).isEqualTo(key);
    }

    @Test
    void whatIsNoKeyIsNone() {
        assertThat(HostKey.parse("ssh-ed25519")).isEmpty();
        assertThat(HostKey.parse("ssh-ed25519 BBBB")).isEmpty();
        assertThat(HostKey.parse("ssh-ed25519 AAAA?")).isEmpty();
    }

    /// A key that was cut off where it was copied is told all the same.
    @Test
    void partOfAKeyIsToldWithoutItsSize() {
        assertThat(HostKey.parse("ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB").orElseThrow().listed())
                .startsWith("0 SHA256:")
                .endsWith(" (RSA)");
    }
}
