/// The journal, its checkpoint and the requests in one SQLite file. Entry:
/// [dev.ashlar.store.sqlite.SqliteJournal]. A record is durable before `append` returns, and a
/// changed or missing one is noticed when it is read. A checkpoint that is not as it was written is
/// none.
@NullMarked
package dev.ashlar.store.sqlite;

import org.jspecify.annotations.NullMarked;
