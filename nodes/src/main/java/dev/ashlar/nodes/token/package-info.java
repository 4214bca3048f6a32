/// One-time tokens, by which a machine proves that it is the one that is meant: the token certifies
/// the machine's host key, as an authority of OpenSSH does. Entry:
/// [dev.ashlar.nodes.token.JoinToken].
@NullMarked
package dev.ashlar.nodes.token;

import org.jspecify.annotations.NullMarked;
