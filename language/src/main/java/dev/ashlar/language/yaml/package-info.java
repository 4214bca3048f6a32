/// YAML files as trees that know where every key and value stands. Entry:
/// [dev.ashlar.language.yaml.YamlReader]. Imports the model's diagnostics only; never throws for
/// anything that is in a file.
@NullMarked
package dev.ashlar.language.yaml;

import org.jspecify.annotations.NullMarked;
