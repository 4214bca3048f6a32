package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.cluster.Home;
import dev.ashlar.app.cluster.Neighbourhood;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.document.DocumentFile;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loaded;
import dev.ashlar.language.cluster.Overridden;
import dev.ashlar.language.revision.FlowText;
import dev.ashlar.language.revision.Revision;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Severity;
import dev.ashlar.model.value.Value;
import dev.ashlar.store.folder.BoundedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A cluster's file with the overrides of its goal written into it. Made and checked before it is
/// written: it is read as if it were there, and must say the same goal.
///
/// @param before what is in the file
/// @param text what is to be in it
/// @param cluster as the new file says it
/// @param saved what is written, by path
record Saving(
        Path file, String before, String text, Cluster cluster, SequencedMap<String, Value> saved) {

    /// Empty where the files say all of it; stops with exit code 3 where they cannot be made to.
    static Optional<Saving> of(ClusterRequest request, Cluster cluster)
            throws InterruptedException {
        SequencedMap<String, String> overrides = cluster.overrides();
        if (overrides.isEmpty()) {
            return Optional.empty();
        }
        Path file = Loading.file(request);
        String before = read(file);
        SequencedMap<String, Value> saved = new LinkedHashMap<>();
        cluster.overridden().stream()
                .filter(Overridden::counts)
                .forEach(one -> saved.put(one.path(), one.value().orElseThrow()));
        String text =
                switch (Revision.of(before, saved)) {
                    case Revision.Done(String revised) -> revised;
                    case Revision.Refused(String path, String reason) ->
                            throw unsaved(file, path, reason);
                };
        Saving saving =
                new Saving(
                        file, before, text, revised(request, cluster, before, saved, text), saved);
        saving.target();
        return Optional.of(saving);
    }

    private static Cluster revised(
            ClusterRequest request,
            Cluster cluster,
            String before,
            SequencedMap<String, Value> saved,
            String text)
            throws InterruptedException {
        Path file = Loading.file(request);
        Loaded loaded = load(request, cluster, text);
        Optional<String> other =
                loaded.overridden().stream()
                        .filter(one -> !one.agrees())
                        .map(Overridden::path)
                        .findFirst();
        if (other.isPresent()) {
            throw unsaved(file, other.get(), "it would not say the same there");
        }
        if (loaded.composition().isEmpty()) {
            throw wrong(request, cluster, before, saved, loaded);
        }
        return Cluster.of(
                cluster.folder(),
                loaded.composition().get(),
                loaded.overridden(),
                new Recorded(cluster.state(), cluster.past()));
    }

    /// As if this were in the file, with all that is to be saved given beside it: what differs
    /// shows.
    private static Loaded load(ClusterRequest request, Cluster cluster, String text)
            throws InterruptedException {
        Path file = Loading.file(request);
        return Loading.loadThoroughly(
                new LoadRequest(
                        file,
                        request.site(),
                        cluster.overrides(),
                        new LinkedHashMap<>(),
                        Optional.of(text),
                        new Neighbourhood(file),
                        Home.folder()));
    }

    /// Names the first value that alone would make the file wrong, or all where it takes several.
    private static CommandStop wrong(
            ClusterRequest request,
            Cluster cluster,
            String before,
            SequencedMap<String, Value> saved,
            Loaded all)
            throws InterruptedException {
        Path file = Loading.file(request);
        for (Map.Entry<String, Value> one : saved.entrySet()) {
            SequencedMap<String, Value> alone = new LinkedHashMap<>();
            alone.put(one.getKey(), one.getValue());
            if (Revision.of(before, alone) instanceof Revision.Done(String text)) {
                Loaded loaded = load(request, cluster, text);
                if (loaded.composition().isEmpty()) {
                    return wrong(file, one.getKey(), loaded);
                }
            }
        }
        return wrong(file, String.join(", ", saved.keySet()), all);
    }

    private static CommandStop wrong(Path file, String path, Loaded loaded) {
        return unsaved(
                file, path, "the file would not be right: " + reason(file, loaded.diagnostics()));
    }

    /// What is wrong with the file itself, else with what it belongs to.
    private static String reason(Path file, List<Diagnostic> diagnostics) {
        List<Diagnostic> errors =
                diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).toList();
        return errors.stream()
                .filter(d -> file.endsWith(d.span().file()))
                .findFirst()
                .orElseGet(errors::getFirst)
                .message();
    }

    /// The file as one that can be replaced; stops with exit code 3 where it cannot be.
    private DocumentFile target() {
        try {
            return DocumentFile.toReplace(file);
        } catch (IOException e) {
            throw FileTarget.unwritable(file.toString(), e, "nothing was touched");
        }
    }

    /// Writes it; durable when it returns. Stops with exit code 3 when it cannot be, or the file is
    /// not what it was.
    void write(Terminal terminal) {
        if (!read(file).equals(before)) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: " + file + " has changed meanwhile; nothing was written");
        }
        try {
            target().writeDurably(text);
        } catch (IOException e) {
            throw FileTarget.unwritable(file.toString(), e, "nothing was touched");
        }
        tell(terminal, "Saved");
    }

    /// @param verb what becomes of it, or would
    void tell(Terminal terminal, String verb) {
        saved.forEach((path, value) ->
                terminal.say(verb + " in " + file + ": " + path + "=" + FlowText.of(value)));
    }

    private static String read(Path file) {
        try {
            return BoundedFile.text(file, BoundedFile.TEXT_MAX_BYTES);
        } catch (IOException e) {
            throw new CommandStop(
                    ExitCode.INVALID, "error: cannot read " + file + ": " + e.getMessage());
        }
    }

    private static CommandStop unsaved(Path file, String path, String reason) {
        return new CommandStop(
                ExitCode.INVALID,
                List.of(
                        "error: --save cannot write %s into %s: %s".formatted(path, file, reason),
                        "  help: write it there by hand; `ashlar up` then goes by the file"));
    }
}
