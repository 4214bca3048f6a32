/// Abstract values: data or an unknown, with provenance, secrecy and what they still wait for.
/// Entry: [dev.ashlar.model.value.Value]. May import type, diagnostic and identity.
@NullMarked
package dev.ashlar.model.value;

import org.jspecify.annotations.NullMarked;
