package dev.ashlar.app.kit;

import static org.assertj.core.api.Assertions.assertThat;

/// What dpkg on a machine says of its packages and their past.
public final class Packages {
    private Packages() {}

    /// Fails unless dpkg is consistent and each of these packages was installed exactly once.
    public static void expectInstalledOnce(Machine machine, String... names) {
        assertThat(machine.run("dpkg --audit")).as("dpkg --audit on %s", machine.name()).isEmpty();
        for (String name : names) {
            assertThat(machine.run("dpkg-query -W -f='${Status}' " + name))
                    .isEqualTo("install ok installed");
            assertThat(machine.run("grep -c ' install %s:' /var/log/dpkg.log".formatted(name)))
                    .as("%s was installed this often on %s", name, machine.name())
                    .isEqualTo("1");
        }
    }
}
