/// Carries out the engine's work on nodes. Entry: [dev.ashlar.nodes.execute.NodeExecutor]. Imports
/// transport, channel, resource and the model. Invariant: whatever happens to the line, a step that
/// must end ends, and one that finishes is collected, never repeated.
@NullMarked
package dev.ashlar.nodes.execute;

import org.jspecify.annotations.NullMarked;
