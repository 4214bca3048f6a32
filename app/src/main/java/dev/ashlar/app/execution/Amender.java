package dev.ashlar.app.execution;

import dev.ashlar.store.folder.ControllerLock;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who wants a run to give way to another with another goal: what is written in the state's
/// requests, and shown to the person whose run it is.
///
/// @param run which is to give way; a request for another run is not meant
/// @param pid of the process that goes on
public record Amender(long run, long pid, String host, String user) {
    /// A request that nobody has taken up.
    public static final String ASKED = "amend";

    /// A request that the run has taken up: it gives way, and nobody takes that back.
    public static final String TAKEN = "amend-taken";

    /// A request that who made it does not make any more.
    public static final String WITHDRAWN = "amend-withdrawn";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\S+) (.*)");

    /// This process.
    public static Amender ofThisProcess(long run) {
        return new Amender(
                run,
                ProcessHandle.current().pid(),
                ControllerLock.hostName(),
                System.getProperty("user.name", "?"));
    }

    /// As the argument of a request.
    public String text() {
        return "%d %d %s %s".formatted(run, pid, host, user);
    }

    /// What [#text] gave; empty for anything else.
    public static Optional<Amender> parse(String text) {
        Matcher words = TEXT.matcher(text);
        return words.matches() ? Optional.of(of(words)) : Optional.empty();
    }

    private static Amender of(MatchResult words) {
        return new Amender(
                Long.parseLong(words.group(1)),
                Long.parseLong(words.group(2)),
                words.group(3),
                words.group(4));
    }

    @Override
    public String toString() {
        return "%s (process %d on %s)".formatted(user, pid, host);
    }
}
