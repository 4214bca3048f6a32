/// Journal records and values as JSON, written by hand. Entry:
/// [dev.ashlar.store.codec.RecordCodec]. Reads what every earlier version wrote; never builds an
/// object from a class name in the data; never writes a secret.
@NullMarked
package dev.ashlar.store.codec;

import org.jspecify.annotations.NullMarked;
