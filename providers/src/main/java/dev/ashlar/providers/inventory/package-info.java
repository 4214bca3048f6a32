/// Machines that exist already and are listed by hand. Entry:
/// [dev.ashlar.providers.inventory.InventoryProvider]. May import the model only. Invariant:
/// nothing is ever changed on a listed machine from here.
@NullMarked
package dev.ashlar.providers.inventory;

import org.jspecify.annotations.NullMarked;
