package dev.ashlar.app.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A temporary folder in which the launcher is run: with a cluster of its own, a lab of its own,
/// and nothing of the person's who runs the tests. Closing it takes everything down and fails when
/// anything is left.
public final class Sandbox implements AutoCloseable {
    /// Longer than anything in a test may take; a bound, not an expectation.
    public static final Duration BOUND = Duration.ofMinutes(5);

    private static final String NOBODY = "65534";
    private static final String MAY_READ = "+dac_read_search";

    private final Path folder;
    private final String cluster;
    private final Traces traces;
    private final List<Running> started = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    private Sandbox(Path folder, String cluster) {
        this.folder = folder;
        this.cluster = cluster;
        this.traces = new Traces(folder.resolve("lab"));
        environment.put("ASHLAR_LAB_DIR", folder.resolve("lab").toString());
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    /// A copy of `examples/etcd`.
    public static Sandbox ofExample() {
        return of(Host.checkout().resolve("examples/etcd"), "etcd");
    }

    /// A copy of a folder of the test's resources, which lies beside its class.
    public static Sandbox ofResource(Class<?> test, String name) {
        URL found = Objects.requireNonNull(test.getResource(name), name);
        return of(Path.of(URI.create(found.toString())), name);
    }

    /// A copy of a folder with a cluster in it.
    ///
    /// @param name what the copy is called
    public static Sandbox of(Path source, String name) {
        try {
            Path folder = Files.createTempDirectory("ashlar-test-");
            copy(source, folder.resolve(name));
            return new Sandbox(folder, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One with nothing in it yet.
    ///
    /// @param name what the cluster's folder will be called
    public static Sandbox empty(String name) {
        try {
            return new Sandbox(Files.createTempDirectory("ashlar-test-"), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A checkout as its documents speak of it: the launcher and copies of the examples.
    public static Sandbox ofExamples() {
        try {
            Path folder = Files.createTempDirectory("ashlar-test-");
            copy(Host.checkout().resolve("examples"), folder.resolve("examples"));
            Files.createSymbolicLink(folder.resolve("ashlar"), Host.checkout().resolve("ashlar"));
            return new Sandbox(folder, "examples/etcd");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A folder with all that is in it, but for what a run has left there.
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                if (!each.toString().contains("/.ashlar")) {
                    Path copy = to.resolve(from.relativize(each).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(each, copy);
                }
            }
        }
    }

    /// Where commands are run.
    public Path folder() {
        return folder;
    }

    /// The cluster's folder.
    public Path cluster() {
        return folder.resolve(cluster);
    }

    /// Adds to what every command finds in its environment.
    public Sandbox with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Starts `ashlar` with these words.
    public Running start(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Host.checkout().resolve("ashlar").toString());
        command.addAll(List.of(words));
        return start(command);
    }

    /// Runs lines of shell as they stand in a document, up to the first that fails.
    public Finished shell(String lines) {
        Finished finished = start(List.of("sh", "-euc", lines)).finish(BOUND);
        traces.note();
        return finished;
    }

    private Running start(List<String> command) {
        Running running = Running.start(folder, environment, new byte[0], command);
        started.add(running);
        return running;
    }

    /// Runs `ashlar` with these words to its end.
    public Finished run(String... words) {
        Finished finished = start(words).finish(BOUND);
        traces.note();
        return finished;
    }

    /// Runs `ashlar` with these words as somebody who may do nothing but read. The sandbox is
    /// theirs from then on; the checkout need not be.
    public Finished asNobody(String... words) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            Host.run("chown", "-R", NOBODY, folder.toString()).expect(0);
            command.addAll(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
            command.addAll(
                    List.of("--inh-caps=-all," + MAY_READ, "--ambient-caps=-all," + MAY_READ));
        }
        command.add(Host.checkout().resolve("ashlar").toString());
        command.addAll(List.of(words));
        return start(command).finish(BOUND);
    }

    /// Runs `ashlar VERB CLUSTER OPTION...`.
    public Finished verb(String verb, String... options) {
        return run(words(verb, options));
    }

    /// Starts `ashlar VERB CLUSTER OPTION...`.
    public Running startVerb(String verb, String... options) {
        return start(words(verb, options));
    }

    /// Runs `ashlar lab VERB MACHINE CLUSTER`, which must succeed.
    public void lab(String verb, String machine) {
        run("lab", verb, machine, cluster).expect(0);
    }

    private String[] words(String verb, String... options) {
        return Stream.concat(Stream.of(verb, cluster), Stream.of(options)).toArray(String[]::new);
    }

    /// What `ashlar VERB CLUSTER --json OPTION...` prints, whatever its exit code.
    public JsonNode json(String verb, String... options) {
        return document(verb(verb, append(options, "--json")));
    }

    /// The one document on a command's standard output, which must be of its published shape.
    public static JsonNode document(Finished finished) {
        return document(finished.out());
    }

    /// A document, which must be of its published shape.
    public static JsonNode document(String text) {
        return Schemas.read(text);
    }

    /// The folder of the lab that stands now: its key is there.
    public Path lab() {
        try (Stream<Path> labs = Files.list(folder.resolve("lab"))) {
            return labs.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] append(String[] words, String word) {
        return Stream.concat(Stream.of(words), Stream.of(word)).toArray(String[]::new);
    }

    /// The console of a machine of the lab that stands now.
    public Machine machine(String name) {
        traces.note();
        List<String> namespaces =
                Host.run("ip", "netns", "list")
                        .out()
                        .lines()
                        .map(line -> line.split(" ", 2)[0])
                        .filter(space -> isOurs(space) && space.endsWith("-" + name))
                        .toList();
        if (namespaces.size() != 1) {
            throw new IllegalStateException("machine " + name + ": " + namespaces);
        }
        return new Machine(name, namespaces.getFirst());
    }

    private boolean isOurs(String namespace) {
        return traces.hashes().stream().anyMatch(hash -> namespace.startsWith("al-" + hash + "-"));
    }

    /// Fails when anything of the lab is left on this host.
    public void expectNoTraces() {
        traces.expectNone();
    }

    /// Reads a file of the sandbox.
    public String read(String path) {
        try {
            return Files.readString(folder.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a file of the sandbox.
    public void write(String path, String content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends what was started, takes the lab down, and fails when anything is left.
    @Override
    public void close() {
        traces.note();
        started.forEach(Running::close);
        started.forEach(running -> running.finish(BOUND));
        try {
            if (Files.isDirectory(folder.resolve("lab"))) {
                run("lab", "down", cluster, "--site", "lab");
            }
            traces.expectNone();
        } finally {
            Host.run("rm", "-rf", "--one-file-system", folder.toString());
        }
    }
}
