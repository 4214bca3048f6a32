/// Measures Ashlar beside its peers on the same machines in the same run, and writes the table.
/// Entry: [Main]. Knows Ashlar and its peers only as commands; what no command shows is in
/// [dev.ashlar.bench.inside].
@NullMarked
package dev.ashlar.bench;

import org.jspecify.annotations.NullMarked;
