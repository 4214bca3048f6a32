package dev.ashlar.store;

import java.util.List;

/// What other processes on this host ask of a running `up`, in order. Any number of processes may
/// append; the running one looks for new ones. Requests are hints, not truth: what comes of one is
/// in the journal. Confined to one thread per instance.
public interface Requests extends AutoCloseable {

    /// One request.
    ///
    /// @param number grows, is never used twice
    /// @param kind a word, such as `cancel`
    /// @param argument what it is about, may be empty
    record Request(long number, String kind, String argument) {}

    /// Makes a request durable.
    ///
    /// @return its number
    long append(String kind, String argument);

    /// Makes a request of one kind one of another, if it still is of that kind. Of several that try
    /// at once, in whatever processes, one succeeds: so what is asked for is either taken up by who
    /// was asked, or taken back by who asked.
    ///
    /// @return false when it is not there, or of another kind by now
    boolean turn(long number, String kind, String into);

    /// The number of the newest request; a new `up` begins after it, so that a request to an
    /// earlier one is not taken by mistake.
    long last();

    /// True when another process has written to the state since this was last asked; costs no read
    /// of the disk. True the first time.
    boolean stirred();

    /// The requests after a number, oldest first.
    List<Request> after(long number);

    @Override
    void close();
}
