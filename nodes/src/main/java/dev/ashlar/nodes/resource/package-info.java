/// How each kind of resource is compared, brought about and taken back on a node: shell text and
/// the calls into it. Entry: [dev.ashlar.nodes.resource.ResourceProgram]. Imports channel (quoting)
/// and the model. Invariant: what was there before is kept before it is touched for the first time.
@NullMarked
package dev.ashlar.nodes.resource;

import org.jspecify.annotations.NullMarked;
