/// JSON Schemas of the files people write, for editors. Entry:
/// [dev.ashlar.language.schema.SchemaGenerator]. Generated from the tables of `grammar` and of the
/// model; states nothing of its own.
@NullMarked
package dev.ashlar.language.schema;

import org.jspecify.annotations.NullMarked;
