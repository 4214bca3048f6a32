package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Processes of the host, as the kernel shows them.
final class Processes {
    private Processes() {}

    /// Those that have `path` among their arguments or as their root folder; never this process.
    static List<Long> naming(Path path) {
        String text = path.toString();
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != ProcessHandle.current().pid())
                .filter(pid -> commandLine(pid).contains(text) || root(pid).startsWith(text))
                .toList();
    }

    /// Those that a lab's command started, by the mark it gave them, and that name one of `words`.
    static List<Long> ofLab(List<String> words) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> {
                    String line = commandLine(pid);
                    return words.stream().anyMatch(line::contains)
                            && read(pid, "environ").contains(Command.MARK + "=");
                })
                .toList();
    }

    static String name(long pid) {
        return read(pid, "comm").strip();
    }

    static Optional<Long> parent(long pid) {
        return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).map(ProcessHandle::pid);
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    static void terminate(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }

    private static String commandLine(long pid) {
        return read(pid, "cmdline").replace('\0', ' ');
    }

    private static String root(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "root")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String read(long pid, String file) {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), file)),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
