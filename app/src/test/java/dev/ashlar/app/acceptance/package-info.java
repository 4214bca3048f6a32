/// What Ashlar promises to a person, tried from outside: the real launcher, real machines. Classes
/// that need machines are tagged `lab`.
@NullMarked
package dev.ashlar.app.acceptance;

import org.jspecify.annotations.NullMarked;
