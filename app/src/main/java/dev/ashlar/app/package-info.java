/// The command line and the wiring of everything by hand. Entry: [dev.ashlar.app.Main]. May import
/// every other module.
@NullMarked
package dev.ashlar.app;

import org.jspecify.annotations.NullMarked;
