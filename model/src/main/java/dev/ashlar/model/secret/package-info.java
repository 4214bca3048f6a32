/// The secrets of a cluster: what files declare, how one is made, and what there is of them once
/// somebody has unlocked them.
@NullMarked
package dev.ashlar.model.secret;

import org.jspecify.annotations.NullMarked;
