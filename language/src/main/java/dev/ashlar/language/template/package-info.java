/// File templates (Pebble) as expressions of type string. Entry:
/// [dev.ashlar.language.template.TemplateCompiler]. Imports the model, `expression` and Pebble. A
/// template reads declared variables and nothing else: no Java, no other file.
@NullMarked
package dev.ashlar.language.template;

import org.jspecify.annotations.NullMarked;
