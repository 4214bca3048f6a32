package dev.ashlar.app.command;

import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.services.pki.AuthorityFacts;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What of authorities comes to its end, a line each with the command that mends it: no run does
/// that by itself, and what ends in silence is noticed when nobody is let in any more.
final class DueAuthorities {
    private DueAuthorities() {}

    /// Warns of what a cluster's state has. Where that cannot be read, who needs it says so.
    static void warn(Terminal terminal, Optional<StateFolder> state) {
        try {
            if (state.isPresent()) {
                List<AuthorityFacts> all = AuthorityFacts.in(state.get().pki());
                lines(all, Instant.now()).forEach(terminal::warn);
            }
        } catch (IOException e) {
            // Nothing of authorities is asked for here.
        }
    }

    static List<String> lines(List<AuthorityFacts> authorities, Instant now) {
        List<String> lines = new ArrayList<>(ending(authorities, now));
        for (AuthorityFacts one : authorities) {
            one.list()
                    .filter(list -> list.isDue(now))
                    .ifPresent(list ->
                            lines.add(
                                    "warning: what %s has revoked is told until %s: `ashlar pki renew --due` makes another list"
                                            .formatted(one.name(), list.until())));
        }
        return lines;
    }

    /// The authorities themselves. Where one is being replaced, its newest certificate counts.
    static List<String> ending(List<AuthorityFacts> authorities, Instant now) {
        List<String> lines = new ArrayList<>();
        for (AuthorityFacts one : authorities) {
            if (!one.generations().isEmpty() && one.generations().getLast().isDue(now)) {
                lines.add(
                        "warning: authority %s ends at %s: `ashlar pki rotate %s` replaces it"
                                .formatted(
                                        one.name(),
                                        one.generations().getLast().until(),
                                        one.name()));
            }
        }
        return lines;
    }
}
