package dev.ashlar.nodes.channel;

import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.nodes.transport.Connection;
import dev.ashlar.nodes.transport.Running;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A shell on a node that is fed programs and answers each by number. It only dispatches: what
/// takes time runs beside it as a [Job], so several requests are under way at once and a running
/// one can be ended over the same line.
///
/// Safe for use by many threads; nothing here blocks its caller but [#open]. A request whose line
/// is lost is answered with empty. When the controller falls silent (a cut line, a killed process),
/// the node ends the session's jobs by itself, but for those that finish.
public final class ShellChannel implements AutoCloseable {
    private static final int HELLO_SECONDS = 20;
    private static final String NO_SHELL_HINT =
            "Log in there by hand: what the login shell of the user starts or prints (in .profile, .bashrc or the like) may never end, or takes the place of the command.";
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private final Connection connection;
    private final Running running;
    private final Session session;
    private final String name = "s" + ShellText.token();
    private final String nonce = ShellText.token();
    private final LinkedBlockingQueue<String> outgoing = new LinkedBlockingQueue<>();
    private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CompletableFuture<Optional<Answer>> hello = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile long heard = System.nanoTime();

    private record Pending(
            ByteArrayOutputStream parts, CompletableFuture<Optional<Answer>> answer) {}

    /// What came of [#open].
    public sealed interface Opening {
        record Opened(ShellChannel channel) implements Opening {}

        record Refused(Failure failure) implements Opening {}
    }

    private ShellChannel(Connection connection, Running running, Session session) {
        this.connection = connection;
        this.running = running;
        this.session = session;
    }

    /// Starts the shell over a connection, which belongs to the channel from then on. Blocks until
    /// the shell has answered, twenty seconds at most.
    public static Opening open(Connection connection, Session session) throws InterruptedException {
        ShellChannel channel;
        try {
            String command = (session.sudo() ? "sudo -n " : "") + "env LC_ALL=C " + session.shell();
            channel = new ShellChannel(connection, connection.start(command), session);
        } catch (IOException e) {
            connection.close();
            return new Opening.Refused(
                    Failure.passing("unreachable", Fault.NODE, "no shell: " + e.getMessage()));
        }
        return channel.greet();
    }

    private Opening greet() throws InterruptedException {
        Thread.ofVirtual().name("read-" + name).start(this::read);
        Thread.ofVirtual().name("write-" + name).start(this::write);
        outgoing.add(preamble());
        Optional<Answer> answer;
        try {
            answer = hello.get(HELLO_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer = Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            close();
            throw e;
        }
        if (answer.isEmpty() || answer.get().has("refused")) {
            String why = answer.map(a -> a.text("refused")).orElse(running.complaints()).strip();
            close();
            return new Opening.Refused(noShell(why));
        }
        if (answer.get().text("library").equals("need")) {
            tell(
                    ShellText.saying(session.library(), "\"$LIBRARY.$SESSION\"")
                            + "mv \"$LIBRARY.$SESSION\" \"$LIBRARY\"\n");
        }
        Thread.ofVirtual().name("beat-" + name).start(this::beat);
        return new Opening.Opened(this);
    }

    private Failure noShell(String why) {
        if (why.contains("sudo") || why.contains("is not in the sudoers")) {
            return Failure.lasting("sudo", Fault.ACCESS, "sudo refuses: " + why)
                    .withHint("The user needs `NOPASSWD: ALL` in sudoers, or `sudo: false`.");
        }
        return diskTrouble(why)
                .orElseGet(() ->
                        Failure.passing(
                                        "no-shell",
                                        Fault.NODE,
                                        "the node's shell did not answer"
                                                + (why.isEmpty() ? "" : ": " + why))
                                .withHint(NO_SHELL_HINT));
    }

    /// The failure, if it is the node's disk that did not take what every channel or job has to
    /// write there.
    public static Optional<Failure> diskTrouble(String why) {
        String kind =
                why.contains("No space left")
                        ? "disk-full"
                        : why.contains("Read-only file system") ? "read-only" : "";
        return kind.isEmpty()
                ? Optional.empty()
                : Optional.of(Failure.lasting(kind, Fault.NODE, why));
    }

    private String preamble() {
        Layout layout = session.layout();
        return "{\nexec 3>&1 >/dev/null 2>&1\nexport LC_ALL=C PATH="
                + ShellText.quoted(layout.path())
                + "\nunset ENV BASH_ENV CDPATH\nNONCE="
                + nonce
                + " SESSION="
                + name
                + " RUN="
                + layout.run()
                + " STATE="
                + layout.state()
                + " LINEAGE="
                + ShellText.quoted(session.lineage())
                + " CLUSTER="
                + ShellText.quoted(session.cluster())
                + " SH="
                + ShellText.quoted(session.shell())
                + " LIBRARY="
                + layout.run()
                + "/library-"
                + Sha256.hex(Frames.bytes(session.library())).substring(0, 16)
                + ".sh\n"
                + ShellText.packed(ShellChannel.class, "channel.sh")
                + String.join(
                        "",
                        session.replaces().stream().map(s -> "close_session " + s + "\n").toList())
                + "open_session\n} </dev/null\n";
    }

    /// The session's name on the node.
    public String name() {
        return name;
    }

    /// The boot that the node was in when the channel was opened.
    public String boot() {
        return hello.getNow(Optional.empty()).map(a -> a.text("boot").strip()).orElse("");
    }

    /// What the node carried of a claim when the channel was opened; empty when nothing.
    public String carried() {
        return hello.getNow(Optional.empty()).map(a -> a.text("claim").strip()).orElse("");
    }

    public boolean isAlive() {
        return !ended.isDone();
    }

    /// Starts a job; its answer arrives when it has ended.
    public Request start(Job job, boolean again) {
        return ask(request -> {
            String folder = folder(job, request);
            String durable = job.finishes() ? durable(job) : "''";
            String before = again ? "';" + job.intent() + ";'" : "''";
            String made = "new_job " + request + " " + folder;
            boolean quick = job.manner() == Job.Manner.QUICK;
            return starting(
                    request,
                    folder,
                    job.finishes() ? made + " && new_job " + request + " " + durable : made,
                    written(job, folder),
                    "%s %d %s '%s' %d %s %s"
                            .formatted(
                                    quick ? "quickly" : "job",
                                    request,
                                    folder,
                                    mark(job, request),
                                    job.seconds(),
                                    quick ? "" : durable,
                                    before));
        });
    }

    /// Starts jobs that do not finish beside each other, each with its own bound in time. One
    /// answer arrives when the last has ended: the answer of each is its field `job.N`, from 0.
    public Request start(List<Job> jobs) {
        return ask(request -> {
            String folder = folder(request);
            StringBuilder files = new StringBuilder();
            StringBuilder seconds = new StringBuilder();
            for (int i = 0; i < jobs.size(); i++) {
                files.append("mkdir " + folder + "/" + i + " || bad=yes\n");
                files.append(written(jobs.get(i), folder + "/" + i));
                seconds.append(" ").append(jobs.get(i).seconds());
            }
            return starting(
                    request,
                    folder,
                    "new_job " + request + " " + folder,
                    files.toString(),
                    "several %d %s '%s'%s".formatted(request, folder, mark(request), seconds));
        });
    }

    private static String written(Job job, String folder) {
        StringBuilder text = new StringBuilder();
        String program = folder + "/program";
        text.append(
                job.manner() == Job.Manner.QUICK
                        ? ShellText.saying(job.program(), program)
                        : ShellText.writing(Frames.bytes(job.program()), program));
        job.files()
                .forEach((file, bytes) ->
                        text.append(ShellText.writing(bytes, folder + "/" + file)));
        return text.toString();
    }

    private static String starting(
            int request, String folder, String made, String files, String start) {
        return ("bad=\nif " + made + "; then\n" + files)
                + ("if [ -n \"$bad\" ]; then\nrm -rf " + folder + "\n")
                + ("refuse " + request + " 'cannot write the program'\nelse\n")
                + (start + "\nfi\nfi\n");
    }

    /// Asks for the answer of a finishing job that an earlier session started; `nothing` when it
    /// never started or was cut off by a reboot.
    public Request collect(Job job) {
        return ask(request ->
                "collect " + request + " " + folder(job, request) + " " + durable(job) + "\n");
    }

    /// Ends a job; its answer then tells so.
    public void cancel(Job job, Request request) {
        tell(
                "cancel "
                        + folder(job, request.number())
                        + " '"
                        + mark(job, request.number())
                        + "'\n");
    }

    /// Ends the jobs that were started beside each other; the answer tells how each ended.
    public void cancel(Request request) {
        tell("cancel " + folder(request.number()) + " '" + mark(request.number()) + "'\n");
    }

    /// A request under way: empty when the line was lost.
    public record Request(int number, CompletableFuture<Optional<Answer>> answer) {}

    /// Runs a short program in the shell itself. It must answer with a frame of the given number.
    public Request ask(java.util.function.IntFunction<String> program) {
        int number = requests.incrementAndGet();
        Pending asked = new Pending(new ByteArrayOutputStream(), new CompletableFuture<>());
        pending.put(number, asked);
        tell(program.apply(number));
        if (ended.isDone()) {
            asked.answer().complete(Optional.empty());
        }
        return new Request(number, asked.answer());
    }

    /// Has the shell run a short program that needs no answer.
    public void tell(String program) {
        outgoing.add("{\n" + program + "} </dev/null\n");
    }

    /// A command of its own on the same connection, beside the shell and with its rights.
    public Running beside(String command) throws IOException {
        return connection.start((session.sudo() ? "sudo -n " : "") + command);
    }

    private String mark(Job job, int request) {
        return (job.finishes() ? "ASHLAR_JOB=finish;" : "ASHLAR_JOB=" + name + "." + request + ";")
                + String.join(";", job.intents())
                + ";";
    }

    /// Of jobs that were started beside each other: each adds its number.
    private String mark(int request) {
        return "ASHLAR_JOB=" + name + "." + request + ",";
    }

    private static String folder(Job job, int request) {
        return job.finishes() ? "\"$RUN/finishing/" + job.intent() + "\"" : folder(request);
    }

    private static String folder(int request) {
        return "\"$S/jobs/" + request + "\"";
    }

    private static String durable(Job job) {
        return "\"$STATE/intents/" + job.intent() + "\"";
    }

    private void read() {
        Frames frames = new Frames(running.output(), nonce);
        try {
            Optional<Frames.Frame> frame = frames.next();
            while (frame.isPresent()) {
                heard = System.nanoTime();
                accept(frame.get());
                frame = frames.next();
            }
        } catch (IOException lost) {
            // A torn frame and the end of the stream mean the same: the line is lost.
        } finally {
            close();
        }
    }

    private void accept(Frames.Frame frame) {
        if (frame.kind().equals("hello")) {
            hello.complete(Optional.of(Answer.parse(frame.payload())));
            return;
        }
        Pending asked = pending.get(frame.request());
        if (asked == null) {
            return;
        }
        asked.parts().writeBytes(frame.payload());
        if (frame.kind().equals("end")) {
            pending.remove(frame.request());
            asked.answer().complete(Optional.of(Answer.parse(asked.parts().toByteArray())));
        }
    }

    private void write() {
        try {
            while (isAlive()) {
                String program = outgoing.take();
                running.input().write(Frames.bytes(program));
                if (outgoing.isEmpty()) {
                    running.input().flush();
                }
            }
        } catch (IOException lost) {
            close();
        } catch (InterruptedException never) {
            throw new IllegalStateException("nobody interrupts the writer", never);
        }
    }

    private void beat() {
        long count = 0;
        while (isAlive()) {
            outgoing.add("beat " + ++count + "\n");
            try {
                ended.get(session.beat().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException silent) {
                if (System.nanoTime() - heard > SILENCE_NANOS) {
                    close();
                }
            } catch (ExecutionException | InterruptedException never) {
                throw new IllegalStateException("nobody interrupts the heart", never);
            }
        }
    }

    /// Ends the session on the node with all its jobs but those that finish, and the connection.
    @Override
    public void close() {
        if (!ended.complete(null)) {
            return;
        }
        outgoing.add("");
        hello.complete(Optional.empty());
        pending.values().forEach(asked -> asked.answer().complete(Optional.empty()));
        running.close();
        connection.close();
    }
}
