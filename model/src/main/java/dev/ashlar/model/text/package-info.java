/// Text from elsewhere as people may read it ([dev.ashlar.model.text.Plain]), lists of words in a
/// sentence ([dev.ashlar.model.text.Words]), and the digest of text and bytes that tools print
/// ([dev.ashlar.model.text.Sha256]).
@NullMarked
package dev.ashlar.model.text;

import org.jspecify.annotations.NullMarked;
