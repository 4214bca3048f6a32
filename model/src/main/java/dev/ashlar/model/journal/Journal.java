package dev.ashlar.model.journal;

import java.util.List;
import java.util.function.Consumer;

/// The durable, ordered list of a cluster's records. One writer; readers in other processes see
/// every durable record.
public interface Journal extends AutoCloseable {

    /// Makes the records durable, all or none, in order. When it returns, a power cut cannot take
    /// them back. When the process dies inside, either all of them are there afterwards or none.
    void append(List<JournalRecord> records);

    /// Calls `reader` for each record with its number (from 1, without gaps), oldest first,
    /// starting after `number`.
    void readAfter(long number, Numbered reader);

    /// Stores what a piece of work printed. Not part of the truth: may be lost in a crash, is
    /// deleted by retention.
    void keepLog(String intent, String log);

    /// What the work of an intent printed, if it is still kept.
    java.util.Optional<String> log(String intent);

    @Override
    void close();

    /// All records in order.
    default void readAll(Consumer<JournalRecord> reader) {
        readAfter(0, (number, entry) -> reader.accept(entry));
    }

    /// Takes a record with its number.
    @FunctionalInterface
    interface Numbered {
        void accept(long number, JournalRecord entry);
    }
}
