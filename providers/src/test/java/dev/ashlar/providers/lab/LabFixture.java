package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider.Acquired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A lab of a test's own, in a folder of its own. Closing it ends its machines and checks, by other
/// means than the lab's, that nothing is left.
final class LabFixture implements AutoCloseable {
    private final Path folder;
    private final LabNames names;
    final LabSettings settings;
    final Lab lab;
    final String name = "test-" + UUID.randomUUID();

    LabFixture() {
        try {
            this.folder = Files.createTempDirectory("lab-test");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        this.settings = LabSettings.standard(System.getenv()).withFolder(folder);
        this.names = LabNames.of(name, folder);
        this.lab = new Lab(name, settings);
    }

    Path folder() {
        return folder;
    }

    List<String> traces() {
        return List.of(
                        names.bridge(),
                        names.interfacePrefix(),
                        names.namespacePrefix(),
                        names.rule(),
                        folder.toString())
                .stream()
                .flatMap(mark -> HostView.carrying(mark).stream())
                .toList();
    }

    LabNames names() {
        return names;
    }

    NodeAccess up(String machine) {
        return ready(lab.up(machine, _ -> {}));
    }

    static NodeAccess ready(Acquired acquired) {
        assertThat(acquired).isInstanceOf(Acquired.Ready.class);
        return ((Acquired.Ready) acquired).access();
    }

    LabMachine listed(String machine) {
        return listed().stream().filter(m -> m.name().equals(machine)).findFirst().orElseThrow();
    }

    List<LabMachine> listed() {
        Lab.Listing listing = lab.list();
        assertThat(listing).isInstanceOf(Lab.Listing.Machines.class);
        return ((Lab.Listing.Machines) listing).machines();
    }

    /// Runs `command` on the machine by the `ssh` program, with the pinned host key alone. Within a
    /// bound: of a machine that vanishes `ssh` learns nothing.
    HostView.Result ssh(String machine, String command) {
        Lab.Login login =
                lab.sshCommand(machine, List.of("timeout", "60", "sh", "-c", "'" + command + "'"));
        assertThat(login).isInstanceOf(Lab.Login.Words.class);
        List<String> words = new ArrayList<>(List.of("timeout", "90"));
        words.addAll(((Lab.Login.Words) login).words());
        return HostView.run(words);
    }

    /// True when the address takes no connection within `bound`.
    boolean isSilent(NodeAccess access, Duration bound) {
        return !SshBanner.answers(access.address(), 22, bound);
    }

    @Override
    public void close() {
        assertThat(lab.down()).isEmpty();
        assertThat(lab.leftovers()).isEmpty();
        assertThat(traces()).isEmpty();
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
            Files.delete(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
