/// The closed set of records that are a run's truth, and what they come to. Entry:
/// [dev.ashlar.model.journal.Journal].
@NullMarked
package dev.ashlar.model.journal;

import org.jspecify.annotations.NullMarked;
