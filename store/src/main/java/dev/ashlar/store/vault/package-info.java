/// A cluster's secrets, sealed at rest in one file, and what makes them, locks them and gives them
/// out. Entry: [dev.ashlar.store.vault.VaultFile]. No text, message or exception of this room says
/// what a secret or a key is.
@NullMarked
package dev.ashlar.store.vault;

import org.jspecify.annotations.NullMarked;
