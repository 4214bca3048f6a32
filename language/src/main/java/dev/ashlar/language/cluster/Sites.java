package dev.ashlar.language.cluster;

import dev.ashlar.language.site.SiteReader.Reading;
import dev.ashlar.model.diagnostic.Span;
import java.util.Optional;

/// The sites that a cluster can be at. What is wrong with one is reported when it is read; that
/// happens once.
public interface Sites {
    /// The cluster's own; empty where it has none that is found.
    Optional<Reading> own();

    /// A site by its name; where there is none that is reported.
    ///
    /// @param at where it is named
    Optional<Reading> named(String name, Span at);
}
