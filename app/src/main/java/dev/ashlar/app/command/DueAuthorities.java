package dev.ashlar.app.command;

import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.services.pki.AuthorityFacts;
import dev.ashlar.services.pki.AuthorityFacts.Ends;
import dev.ashlar.services.pki.AuthorityFacts.Generation;
import dev.ashlar.services.pki.AuthorityFacts.Listing;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What of authorities comes to its end, a line each with the command that mends it: no run does
/// that by itself, and what ends in silence is noticed when nobody is let in any more.
final class DueAuthorities {
    private static final String OWN =
            "warning: authority %1$s ends at %2$s: `ashlar pki rotate %1$s` replaces it";
    private static final String BY_ROOT =
            "warning: authority %1$s, or what it stands by, ends at %2$s: `ashlar pki request %1$s` asks for another";
    private static final String LIST =
            "warning: what %1$s has revoked is told until %2$s: `ashlar pki renew --due` makes another list";

    private DueAuthorities() {}

    /// Warns of what a cluster's state has. Where that cannot be read, who needs it says so.
    static void warn(Terminal terminal, Optional<StateFolder> state) {
        try {
            if (state.isPresent()) {
                Instant now = Instant.now();
                List<Ends> all = AuthorityFacts.ends(state.get().pki());
                ending(all, now).forEach(terminal::warn);
                lists(all, now).forEach(terminal::warn);
            }
        } catch (IOException e) {
            // Nothing of authorities is asked for here.
        }
    }

    /// The authorities themselves.
    static List<String> ending(List<Ends> authorities, Instant now) {
        return lines(
                authorities,
                one -> one.newest().filter(own -> own.isDue(now)).map(Generation::until),
                one -> one.newest().flatMap(Generation::signedBy).isPresent() ? BY_ROOT : OWN);
    }

    /// Their lists of what is revoked.
    private static List<String> lists(List<Ends> authorities, Instant now) {
        return lines(
                authorities,
                one -> one.list().filter(list -> list.isDue(now)).map(Listing::until),
                _ -> LIST);
    }

    private static List<String> lines(
            List<Ends> authorities,
            Function<Ends, Optional<Instant>> until,
            Function<Ends, String> words) {
        return authorities.stream()
                .flatMap(one ->
                        until
                                .apply(one)
                                .map(at -> words.apply(one).formatted(one.name(), at))
                                .stream())
                .toList();
    }
}
