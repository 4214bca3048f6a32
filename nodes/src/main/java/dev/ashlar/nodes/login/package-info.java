/// The way to a machine for a person: OpenSSH's own client, told to trust what we trust and nothing
/// else. Entry: [dev.ashlar.nodes.login.OpenSsh]. Imports channel (quoting) and the model.
/// Invariant: no configuration of the person's or the host's takes part.
@NullMarked
package dev.ashlar.nodes.login;

import org.jspecify.annotations.NullMarked;
