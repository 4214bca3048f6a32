package dev.ashlar.services.pki;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// A machine that is a folder: scripts run with this host's `sh`, paths are taken below the folder.
final class LocalNode implements Executor {
    final Path root;
    final List<String> intents = new ArrayList<>();

    /// The search path of its scripts.
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");

    /// Changes what scripts answer on their way to the controller.
    UnaryOperator<Map<String, String>> tamper = UnaryOperator.identity();

    LocalNode(Path root) {
        this.root = root;
    }

    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    @Override
    public Report execute(Work work, boolean again) {
        intents.add(work.intent());
        try {
            return switch (work) {
                case Work.Run run -> run(run);
                case Work.Apply apply -> apply(apply);
                case Work.Undo undo -> undo(undo);
                case Work.Acquire _, Work.Gather _, Work.Call _, Work.Probe _ ->
                        throw new IllegalArgumentException("not for a node: " + work);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Report.Stopped("");
        }
    }

    private Report run(Work.Run run) throws IOException, InterruptedException {
        Path script = Files.createTempFile(root, "script", ".sh");
        Path output = Files.createTempFile(root, "output", "");
        Files.writeString(script, run.script().text());
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString());
        builder.redirectErrorStream(true).environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("ASHLAR_OUTPUT", output.toString());
        run.inputs()
                .forEach((name, value) ->
                        builder.environment()
                                .put(name.toUpperCase(Locale.ROOT), input(name, value)));
        Process process = builder.start();
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            return new Report.NotDone(
                    Failure.lasting("exit-code", Failure.Fault.USER, log), List.of(), log);
        }
        Map<String, String> answer = new HashMap<>();
        Files.readAllLines(output)
                .forEach(line -> answer.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        Map<String, String> told = tamper.apply(answer);
        if (!told.keySet().equals(run.outputs().keySet())) {
            throw new IllegalStateException("outputs " + told.keySet());
        }
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        run.outputs().keySet().forEach(n -> outputs.put(n, Value.text(told.getOrDefault(n, ""))));
        return new Report.Done(List.of("ran " + run.script().file()), outputs, List.of(), log);
    }

    private String input(String name, Value value) {
        String text = value.data() instanceof Data.Text(String t) ? t : "";
        return name.equals("directory") || name.equals("key") ? at(text).toString() : text;
    }

    private Report apply(Work.Apply apply) throws IOException {
        List<String> changed = new ArrayList<>();
        List<Owned> owned = new ArrayList<>();
        for (Resource resource : apply.resources()) {
            Path path = at(resource.identity());
            boolean differs;
            if (resource.kind() == ResourceKind.DIRECTORY) {
                differs = !Files.isDirectory(path);
                Files.createDirectories(path);
            } else {
                String content = resource.text("content");
                differs = !Files.exists(path) || !Files.readString(path).equals(content);
                Files.writeString(path, content);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
            }
            if (differs) {
                changed.add(resource.title());
            }
            owned.add(Owned.of(resource.kind().word(), resource.identity(), false, Map.of()));
        }
        return new Report.Done(changed, new LinkedHashMap<>(), owned, "");
    }

    private Report undo(Work.Undo undo) throws IOException {
        List<String> changed = new ArrayList<>();
        for (Owned owned : undo.owned().reversed()) {
            if (Files.deleteIfExists(at(owned.identity()))) {
                changed.add(owned.identity());
            }
        }
        return new Report.Done(changed, new LinkedHashMap<>(), List.of(), "");
    }
}
