/// The journal and the requests in one SQLite file. Entry: [dev.ashlar.store.sqlite.SqliteJournal].
/// A record is durable before `append` returns, and a changed or missing one is noticed.
@NullMarked
package dev.ashlar.store.sqlite;

import org.jspecify.annotations.NullMarked;
