/// What is kept on the controller's disk. Entry: [dev.ashlar.store.sqlite.SqliteJournal]. This room
/// holds what its inner rooms share: how a store fails, and the port of requests to a running `up`.
@NullMarked
package dev.ashlar.store;

import org.jspecify.annotations.NullMarked;
