/// What text from elsewhere may hold where people read it. Entry: [dev.ashlar.model.text.Plain].
@NullMarked
package dev.ashlar.model.text;

import org.jspecify.annotations.NullMarked;
