/// What machines read: the JSON shapes of plan, status, why and runs, each with a version. Entry:
/// [dev.ashlar.app.document.Documents].
@NullMarked
package dev.ashlar.app.document;

import org.jspecify.annotations.NullMarked;
