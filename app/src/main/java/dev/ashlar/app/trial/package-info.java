/// The suites that prove a pack: each deploys a cluster of the pack's tests on machines of its own
/// and puts it through one kind of trouble at every step. Entry: [dev.ashlar.app.trial.Trial]. The
/// engine does not know: trouble comes in by an executor and a journal that stand before the real
/// ones. Nothing of a person's own clusters is read or written.
@NullMarked
package dev.ashlar.app.trial;

import org.jspecify.annotations.NullMarked;
