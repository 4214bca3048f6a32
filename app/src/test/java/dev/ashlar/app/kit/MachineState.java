package dev.ashlar.app.kit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a machine is, so far as it must be the same whenever and by whatever detours it is made so:
/// its files with their kind, rights and owner, its packages with their versions, its units. Of
/// what was written since the machine was made, also the content. An address that is known by a
/// name counts as that name.
///
/// @param node the machine's name
/// @param lines what is so there
public record MachineState(String node, SortedSet<String> lines) {
    /// What is not looked at: logs, caches of apt that hold times, and what a member of etcd
    /// stores.
    private static final Pattern UNSEEN =
            Pattern.compile(
                    " /(proc|sys|dev|run)/| /var/(log|tmp)/| /var/cache/apt/[a-z]*pkgcache\\.bin$"
                            + "| /var/lib/etcd-[^/]+/");

    /// What Ashlar notes for itself: of each run's own are the answers of work, the copies of the
    /// record, and who holds the node. What it keeps of the time before it is compared.
    private static final Pattern NOTED =
            Pattern.compile(" /var/lib/ashlar/(claims|copies|folders|intents)/");

    /// What is there with a content of its own each time: keys, what is signed with them, what the
    /// lab writes when it makes a machine, and which intent a unit was last restarted for.
    private static final Pattern UNIQUE =
            Pattern.compile(
                    "content [0-9a-f]{64} (/etc/ashlar/pki/[^/]+/(authority|certificate|key|revoked)\\.pem"
                            + "|/etc/(machine-id|hosts|resolv\\.conf)|/etc/ssh/ssh_host_[a-z0-9]+_key(\\.pub)?"
                            + "|/[^/]+/\\.ssh/authorized_keys|/var/lib/ashlar/units/.+)");

    private static final Pattern LINEAGE =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /// The lab writes a machine's name first when it makes it; what is older is of the system that
    /// all machines share, and need not be read. What tells of no address is read by few processes.
    private static final String LOOK =
            """
            find / -xdev -printf '%y %m %u:%g %p\\n'
            find / -xdev -type l -printf 'link %p to %l\\n'
            written() {
                find / -xdev \\( -path /var/log -o -path /var/tmp -o -path '/var/lib/etcd-*' \\) -prune \
                    -o -type f -newercm /etc/hostname -exec grep "$1" -aF "$addresses" '{}' +
            }
            written -L | xargs -r -d '\\n' sha256sum | sed 's/^\\(.\\{64\\}\\)  /content \\1 /'
            written -l | while IFS= read -r file; do
                sum=$(sed "$named" "$file" | sha256sum)
                printf 'content %s %s\\n' "${sum%% *}" "$file"
            done
            dpkg-query -W -f='package ${Package} ${Version} ${Status}\\n'
            systemctl list-unit-files --plain --no-legend | sed 's/^/unit file /'
            systemctl list-units --type=service --state=active,failed --plain --no-legend \\
                | sed 's/^/unit /'
            """;

    public MachineState {
        lines = Collections.unmodifiableSortedSet(new TreeSet<>(lines));
    }

    /// @param addresses names by address, of all that a file may tell of
    public static MachineState of(Machine machine, Map<String, String> addresses) {
        StringBuilder named = new StringBuilder();
        addresses.forEach((address, name) ->
                named.append("s/\\b%s\\b/%s/g;".formatted(address.replace(".", "[.]"), name)));
        return new MachineState(
                machine.name(),
                machine.run(
                                "named='%s' addresses='%s'\n%s"
                                        .formatted(
                                                named, String.join("\n", addresses.keySet()), LOOK))
                        .lines()
                        .map(line -> LINEAGE.matcher(line).replaceAll("LINEAGE"))
                        .filter(line -> !UNSEEN.matcher(line).find())
                        .filter(line -> !NOTED.matcher(line).find())
                        .filter(line -> !UNIQUE.matcher(line).matches())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /// How this differs from what the same machine was before: which lines are gone, and which are
    /// new.
    public List<String> differencesFrom(MachineState before) {
        return Stream.concat(
                        before.lines.stream()
                                .filter(line -> !lines.contains(line))
                                .map(line -> node + " had: " + line),
                        lines.stream()
                                .filter(line -> !before.lines.contains(line))
                                .map(line -> node + " has: " + line))
                .toList();
    }
}
