package dev.ashlar.engine.run;

import dev.ashlar.model.work.Report;

/// What happens to a run. Times are milliseconds since 1970 UTC and never go back.
public sealed interface Event {
    long atMs();

    record Begin(long atMs) implements Event {}

    /// A piece of work has ended.
    record Ended(String intent, Report report, long atMs) implements Event {}

    /// A moment asked for with [Command.WakeAt] has come.
    record Woken(long token, long atMs) implements Event {}

    /// A person wants it to end: first nothing new starts, then what runs is stopped.
    record Cancelled(boolean stopRunning, long atMs) implements Event {}

    /// The cluster has another goal: as after a first [Cancelled] nothing new starts and what runs
    /// finishes; what is left is for the run that comes next.
    record Amended(long atMs) implements Event {}
}
