/// The catalogue of resource kinds: names, typed parameters, what each owns. Entry:
/// [dev.ashlar.model.resource.ResourceKind]. Says nothing of how a kind is applied.
@NullMarked
package dev.ashlar.model.resource;

import org.jspecify.annotations.NullMarked;
