package dev.ashlar.app.command;

import dev.ashlar.app.cluster.NodeRow;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.nodes.token.JoinToken;
import dev.ashlar.store.folder.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes a one-time token for the machine of a node.
///
/// @param out the file that the script goes to; to standard output where there is none
record Inviting(Judging judging, Duration validFor, Optional<Path> out) {
    private static final Duration LONGEST = Duration.ofDays(30);

    /// On record before anybody has the token. Stops with exit code 3 where the machine needs none.
    void invite() throws InterruptedException {
        NodeRow entry = judging.entry();
        if (validFor.compareTo(LONGEST) > 0) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: --valid-for wants 30 days (720h) at most: who has the token can stand in for the machine so long");
        }
        if (entry.vouched()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: %s needs no token: it is %s"
                                    .formatted(entry.node(), entry.by()),
                            "  help: a token is for a machine that its site lists without `host_keys`"));
        }
        JoinToken token = JoinToken.make();
        long untilMs = Clock.systemUTC().millis() + validFor.toMillis();
        String script =
                token.script(
                        judging.cluster().composition().name(), entry.node(), Times.at(untilMs));
        Optional<Reserved> file = out.map(Reserved::of);
        enter(token, untilMs, file);
        Terminal terminal = judging.terminal();
        file.ifPresentOrElse(
                one -> one.write(script), () -> script.lines().forEach(terminal::data));
        terminal.say(
                "  help: run the script%s on %s as root, or give it to its cloud-init; the next `ashlar up` takes the machine"
                        .formatted(out.map(path -> " in " + path).orElse(""), entry.node()));
        terminal.say(
                "  It counts once, until %s, and is kept nowhere: whoever has it can stand in for the machine"
                        .formatted(Times.at(untilMs)));
    }

    /// A file that no token goes to is not left.
    private void enter(JoinToken token, long untilMs, Optional<Reserved> file)
            throws InterruptedException {
        boolean isEntered = false;
        try {
            judging.invite(token.key(), untilMs);
            isEntered = true;
        } finally {
            if (!isEntered) {
                file.ifPresent(Reserved::release);
            }
        }
    }

    /// A file of our own that nobody else can read, before there is a token that could be lost.
    private record Reserved(Path path) {
        static Reserved of(Path path) {
            try {
                PrivateFile.writeNew(path, new byte[0]);
                return new Reserved(path);
            } catch (FileAlreadyExistsException e) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        "error: " + path + " is there already, and was left as it is");
            } catch (IOException e) {
                throw unwritable(path, e);
            }
        }

        void write(String script) {
            try {
                PrivateFile.write(path, script.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw unwritable(path, e);
            }
        }

        void release() {
            try {
                Files.deleteIfExists(path);
            } catch (IOException _) {
                // It is empty.
            }
        }

        private static CommandStop unwritable(Path path, IOException e) {
            return FileTarget.unwritable(
                    path.toString(), e, "--out wants a file in a folder that exists");
        }
    }
}
