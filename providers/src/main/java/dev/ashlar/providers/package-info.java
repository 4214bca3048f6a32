/// Where nodes come from. Entry: [dev.ashlar.providers.Providers], which turns what a site declares
/// into a provider. May import the model and its own rooms `inventory` and `lab`.
@NullMarked
package dev.ashlar.providers;

import org.jspecify.annotations.NullMarked;
