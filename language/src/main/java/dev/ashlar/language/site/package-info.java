/// Sites: where nodes come from. Entry: [dev.ashlar.language.site.SiteReader]. May import binding,
/// grammar, yaml and the model.
@NullMarked
package dev.ashlar.language.site;

import org.jspecify.annotations.NullMarked;
