/// The coprocess: one shell per connection that is fed programs and answers in frames. Entry:
/// [dev.ashlar.nodes.channel.ShellChannel]. Imports transport and the model. Invariant: the shell
/// parses only text that Ashlar wrote; everything else reaches it quoted or as a file.
@NullMarked
package dev.ashlar.nodes.channel;

import org.jspecify.annotations.NullMarked;
