package dev.ashlar.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody who brings the files about, as the command that a person would type.
///
/// @param name as the table has it
/// @param isSlow whether it takes part in the first rounds alone
/// @param command of each phase; nothing where it has none of its own
/// @param environment added to that of this process
record Contender(String name, boolean isSlow, Commands command, Map<String, String> environment) {
    /// Who the others are held against.
    static final String YARDSTICK = "bare ssh";

    /// What is measured, in this order.
    enum Phase {
        FIRST("first run"),
        CHANGED("one file changed"),
        AGAIN("again, nothing changed"),
        ANEW("the same, worked out anew"),
        VERIFY("every machine compared");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        /// What it is held against of a contender that has no such phase.
        Phase counterpart() {
            return this == ANEW || this == VERIFY ? AGAIN : this;
        }

        String words() {
            return words;
        }

        /// The word that file 07 has.
        String word() {
            return this == FIRST ? "first" : "second";
        }
    }

    /// Gives the command of a phase.
    interface Commands {
        Optional<List<String>> of(Phase phase);
    }

    /// All of them; Ashlar and what it is held against come first.
    ///
    /// @param ashlar the launcher
    /// @param sources the folder of this benchmark's files
    static List<Contender> all(Path ashlar, Path sources, Hosts hosts) {
        Path folder = hosts.folder();
        return List.of(
                new Contender(
                        "Ashlar",
                        false,
                        phase -> up(ashlar, folder, phase),
                        Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString())),
                script(YARDSTICK, sources.resolve("fleet/bare-ssh/run"), hosts),
                script("clustershell", sources.resolve("fleet/clustershell/run"), hosts),
                ansible("ansible-mitogen", "mitogen.cfg", sources, folder),
                ansible("ansible-core", "ansible.cfg", sources, folder));
    }

    private static Optional<List<String>> up(Path ashlar, Path folder, Phase phase) {
        String cluster = folder.resolve("fleet").toString();
        return Optional.of(
                phase == Phase.VERIFY
                        ? List.of(ashlar.toString(), "up", "--verify", cluster)
                        : List.of(ashlar.toString(), "up", cluster));
    }

    private static Contender script(String name, Path script, Hosts hosts) {
        return new Contender(
                name,
                false,
                phase ->
                        common(
                                phase,
                                List.of(
                                        script.toString(),
                                        hosts.folder().resolve("hosts").toString(),
                                        hosts.identity().toString(),
                                        hosts.folder().resolve("known_hosts").toString(),
                                        phase.word())),
                Map.of());
    }

    /// The masters of connections that Ansible leaves behind are in its home, which goes with it.
    private static Contender ansible(String name, String config, Path sources, Path folder) {
        return new Contender(
                name,
                true,
                phase ->
                        common(
                                phase,
                                List.of(
                                        "ansible-playbook",
                                        "-i",
                                        folder.resolve("inventory.ini").toString(),
                                        "-e",
                                        "changed=" + phase.word(),
                                        sources.resolve("fleet/ansible/site.yaml").toString())),
                Map.of(
                        "ANSIBLE_CONFIG",
                        sources.resolve("fleet/ansible").resolve(config).toString(),
                        "ANSIBLE_HOME",
                        folder.resolve("home").toString()));
    }

    /// Of a phase that all have.
    private static Optional<List<String>> common(Phase phase, List<String> command) {
        return phase.counterpart() == phase ? Optional.of(command) : Optional.empty();
    }
}
