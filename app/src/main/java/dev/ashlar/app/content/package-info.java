/// What a plan does to the content of files, line by line. Entry:
/// [dev.ashlar.app.content.FileChange]. Knows no terminal and no document, and reads no node: both
/// sides come from the record and the files.
@NullMarked
package dev.ashlar.app.content;

import org.jspecify.annotations.NullMarked;
