/// What a new pack begins with. Entry: [dev.ashlar.app.starter.Starter]. Writes nothing itself.
@NullMarked
package dev.ashlar.app.starter;

import org.jspecify.annotations.NullMarked;
