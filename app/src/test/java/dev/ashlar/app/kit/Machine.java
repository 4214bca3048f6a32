package dev.ashlar.app.kit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A lab machine's console: commands are run inside it without its network and without SSH, so that
/// nothing Ashlar is measured by is touched, and a machine that is cut off answers too.
public final class Machine {
    private static final Duration BOUND = Duration.ofSeconds(90);

    private final String name;
    private final String namespace;

    Machine(String name, String namespace) {
        this.name = name;
        this.namespace = namespace;
    }

    public String name() {
        return name;
    }

    /// True when the machine has power.
    public boolean isOn() {
        return firstProcess().isPresent();
    }

    /// Runs a shell script to its end, whatever that is.
    public Finished attempt(String script) {
        return run(new byte[0], script);
    }

    /// Runs a shell script that must succeed; the answer is what it printed, without the last
    /// newline.
    public String run(String script) {
        return attempt(script).expect(0).out().stripTrailing();
    }

    /// Runs a shell script with bytes on its standard input.
    public Finished run(byte[] input, String script) {
        long pid =
                firstProcess().orElseThrow(() -> new IllegalStateException(name + " has no power"));
        List<String> words =
                List.of("nsenter", "-t", "" + pid, "-m", "-u", "-i", "-n", "-p", "--", "env", "-i");
        List<String> inside =
                List.of(
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOME=/tmp",
                        "LC_ALL=C.UTF-8",
                        "sh",
                        "-c",
                        "cd / && " + script);
        List<String> all = new java.util.ArrayList<>(words);
        all.addAll(inside);
        return Running.start(Path.of("/"), Map.of(), input, all).finish(BOUND);
    }

    /// This machine as a line of an inventory, reached as root with the lab's own key.
    public String listed(Path lab) {
        return "      %s: { address: %s, identity: %s, host_keys: [\"%s\"] }\n"
                .formatted(
                        name,
                        address(),
                        lab.resolve("id_ed25519"),
                        run("cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub"));
    }

    /// Writes a file, making its folder.
    public void write(Path file, byte[] content, String mode) {
        run(
                        content,
                        "mkdir -p '%s' && cat >'%s' && chmod %s '%s'"
                                .formatted(file.getParent(), file, mode, file))
                .expect(0);
    }

    /// A file's SHA-256 and its size.
    public String digest(String file) {
        String quoted = "'" + file.replace("'", "'\\''") + "'";
        return run("sha256sum <%s | cut -d' ' -f1; stat -c %%s %s".formatted(quoted, quoted))
                .replace('\n', ' ');
    }

    /// Writes text.
    public void write(Path file, String content, String mode) {
        write(file, content.getBytes(StandardCharsets.UTF_8), mode);
    }

    /// Stops everything that runs on it, as a machine does that hangs: its kernel still answers.
    public void freeze() {
        signalAll("STOP");
    }

    /// Lets everything on it go on.
    public void thaw() {
        signalAll("CONT");
    }

    /// Twice, as what was about to be started is there by the second time.
    private void signalAll(String signal) {
        String all = "ip netns pids %s | xargs kill -%s 2>/dev/null".formatted(namespace, signal);
        Host.run("sh", "-c", all + "; " + all);
    }

    /// Where it is reached.
    public String address() {
        return run("hostname -I | cut -d' ' -f1");
    }

    /// The machine's process 1, as the host numbers it.
    private OptionalLong firstProcess() {
        return Host.run("ip", "netns", "pids", namespace)
                .out()
                .lines()
                .mapToLong(Long::parseLong)
                .filter(pid -> isFirst(pid))
                .findFirst();
    }

    private static boolean isFirst(long pid) {
        String ids = Host.run("grep", "^NSpid:", "/proc/" + pid + "/status").out().strip();
        return ids.endsWith("\t1");
    }
}
