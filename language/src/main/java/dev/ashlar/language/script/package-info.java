/// Scripts: whether their shell syntax is right. Entry: [dev.ashlar.language.script.ShellCheck].
/// Imports the model; runs `sh`, which is why only thorough checks come here.
@NullMarked
package dev.ashlar.language.script;

import org.jspecify.annotations.NullMarked;
