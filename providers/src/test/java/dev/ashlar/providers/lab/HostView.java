package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Looks at the host with its own tools, to check what the lab says of itself.
final class HostView {
    private HostView() {}

    record Result(int exitCode, String output) {}

    /// Everything on the host that carries `mark`: namespaces, interfaces, mounts, processes,
    /// control groups, packet filter rules, loop devices.
    static List<String> carrying(String mark) {
        List<String> found = new ArrayList<>();
        for (List<String> command :
                List.of(
                        List.of("ip", "netns", "list"),
                        List.of("ip", "-o", "link", "show"),
                        List.of("cat", "/proc/self/mountinfo"),
                        List.of("ps", "-eo", "pid,args"),
                        List.of("find", "/sys/fs/cgroup", "-type", "d", "-name", "*" + mark + "*"),
                        List.of("iptables-save"),
                        List.of("losetup", "--list"))) {
            run(command).output().lines().filter(line -> line.contains(mark)).forEach(found::add);
        }
        return found;
    }

    static Result run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                            .start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
