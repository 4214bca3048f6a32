/// Diagnostics as people and programs read them. Entry:
/// [dev.ashlar.language.report.DiagnosticRenderer]. Imports the model's diagnostics only; what it
/// writes has no control characters but its own colours.
@NullMarked
package dev.ashlar.language.report;

import org.jspecify.annotations.NullMarked;
