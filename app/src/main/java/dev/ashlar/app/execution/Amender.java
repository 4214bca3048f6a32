package dev.ashlar.app.execution;

import dev.ashlar.store.Requests.Request;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who wants a run to give way to another with another goal: what is written in the state's
/// requests, and shown to the person whose run it is.
///
/// @param run which is to give way; a request for another run is not meant
/// @param by the process that goes on
/// @param part of the cluster that it goes on with, as it was typed; empty for the whole
public record Amender(long run, Asker by, String part) {
    /// A request that nobody has taken up.
    public static final String ASKED = "amend";

    /// A request that the run has taken up: it gives way, and nobody takes that back.
    public static final String TAKEN = "amend-taken";

    /// A request that who made it does not make any more.
    public static final String WITHDRAWN = "amend-withdrawn";

    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\d{1,18}) (\\S+) ([^\n]*)\n(.*)");

    /// This process.
    public static Amender ofThisProcess(long run, String part) {
        return new Amender(run, Asker.ofThisProcess(), part);
    }

    /// As the argument of a request.
    public String text() {
        return "%d %d %d %s %s\n%s"
                .formatted(run, by.pid(), by.began(), by.host(), by.user(), part);
    }

    /// What [#text] gave; empty for anything else.
    public static Optional<Amender> parse(String text) {
        Matcher words = TEXT.matcher(text);
        return words.matches() ? Optional.of(of(words)) : Optional.empty();
    }

    private static Amender of(MatchResult words) {
        return new Amender(
                Long.parseLong(words.group(1)),
                new Asker(
                        Long.parseLong(words.group(2)),
                        Long.parseLong(words.group(3)),
                        words.group(4),
                        words.group(5)),
                words.group(6));
    }

    /// Whose request it is, while they make it or it has been taken up; empty for any other.
    static Optional<Amender> of(Request request) {
        return request.kind().equals(ASKED) || request.kind().equals(TAKEN)
                ? parse(request.argument())
                : Optional.empty();
    }

    /// A request of one that is gone is nobody's.
    public boolean isThere() {
        return by.isThere();
    }

    /// As people are told of it, with the part that it goes on with.
    public String withPart() {
        return part.isEmpty() ? toString() : this + " for " + part + " alone";
    }

    @Override
    public String toString() {
        return by.toString();
    }
}
