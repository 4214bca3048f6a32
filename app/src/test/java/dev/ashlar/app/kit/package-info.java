/// What acceptance tests stand on: the real launcher as a process, a folder and a lab of their own,
/// machines asked behind Ashlar's back. Entry: [dev.ashlar.app.kit.Sandbox]. Knows nothing of
/// Ashlar's classes, only what a person can see.
@NullMarked
package dev.ashlar.app.kit;

import org.jspecify.annotations.NullMarked;
