package dev.ashlar.model.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Puts stars in the place of secrets, as many as the bytes that they take, wherever they stand in
/// bytes that people may see: as they are, in the [Spellings] that programs give them, and in parts
/// of 16 bytes and more, so that one which was cut off or broken into lines is found too. What has
/// fewer than four bytes cannot be told from anything else, and is not looked for. Takes time in
/// proportion to the bytes. Immutable.
public final class Redaction {
    /// Where there is nothing to hide.
    public static final Redaction NONE = new Redaction(List.of());

    private static final int SEED = 4;
    private static final int STRIDE = 8;

    /// So much of a long spelling gives it away.
    private static final int PART = 16;

    /// What is shorter may be there by chance.
    private static final int SURE = 8;

    /// How a secret is written.
    ///
    /// @param needed so many bytes of it give it away
    private record Spelling(byte[] bytes, int needed) {
        static Spelling of(byte[] bytes) {
            return new Spelling(bytes, Math.min(PART, bytes.length));
        }
    }

    /// A place in a spelling.
    private record Place(Spelling of, int offset) {}

    private final Map<Integer, List<Place>> seeds = new LinkedHashMap<>();

    private Redaction(Collection<Spelling> spellings) {
        for (Spelling spelling : spellings) {
            byte[] bytes = spelling.bytes();
            int last = spelling.needed() == bytes.length ? 0 : bytes.length - SEED;
            for (int offset = 0; offset <= last; offset += STRIDE) {
                seeds.computeIfAbsent(seed(bytes, offset), _ -> new ArrayList<>())
                        .add(new Place(spelling, offset));
            }
        }
    }

    /// Of everything that is secret in a vault.
    public static Redaction of(Vault vault) {
        return new Redaction(
                vault.secrets().values().stream()
                        .flatMap(secret -> spellings(secret.content()))
                        .toList());
    }

    public static Redaction of(Collection<String> secrets) {
        return new Redaction(secrets.stream().flatMap(Redaction::spellings).toList());
    }

    private static Stream<Spelling> spellings(Secret.Content content) {
        return switch (content) {
            case Secret.Text(String text) -> spellings(text);
            case Secret.Pair(String privateKey, _) -> lines(privateKey);
        };
    }

    private static Stream<Spelling> spellings(String secret) {
        return Spellings.of(secret).stream()
                .filter(spelling -> spelling.length >= SEED)
                .map(Spelling::of);
    }

    /// Keys have much in common, also with public ones: their lines are looked for, each as a
    /// whole.
    private static Stream<Spelling> lines(String pem) {
        return pem.lines()
                .filter(line -> line.length() >= PART && !line.startsWith("-"))
                .map(line -> line.getBytes(StandardCharsets.US_ASCII))
                .map(line -> new Spelling(line, line.length));
    }

    /// The same bytes without the secrets; the same object where there are none.
    public byte[] applied(byte[] bytes) {
        byte[] clean = bytes;
        boolean isCopy = false;
        int at = 0;
        while (!seeds.isEmpty() && at + SEED <= bytes.length) {
            int[] run = run(bytes, at, 0);
            if (run[1] > at) {
                clean = isCopy ? clean : bytes.clone();
                isCopy = true;
                Arrays.fill(clean, run[0], run[1], (byte) '*');
                at = run[1];
            } else {
                at++;
            }
        }
        return clean;
    }

    public String applied(String text) {
        return new String(applied(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /// Whether a secret stands there that is too long to do so by chance.
    public boolean finds(byte[] bytes) {
        for (int at = 0; !seeds.isEmpty() && at + SEED <= bytes.length; at++) {
            if (run(bytes, at, SURE)[1] > at) {
                return true;
            }
        }
        return false;
    }

    /// From where to where the longest part of a secret goes that has its seed there; the same
    /// place twice where there is none.
    private int[] run(byte[] bytes, int at, int shortest) {
        int[] longest = {at, at};
        for (Place place : seeds.getOrDefault(seed(bytes, at), List.of())) {
            byte[] spelling = place.of().bytes();
            int back = back(bytes, at, place);
            int ahead = ahead(bytes, at, place);
            int needed = Math.max(shortest, place.of().needed());
            boolean isEnough = back + ahead >= needed && spelling.length >= shortest;
            if (isEnough && at + ahead > longest[1]) {
                longest[0] = Math.min(longest[0], at - back);
                longest[1] = at + ahead;
            }
        }
        return longest;
    }

    private static int back(byte[] bytes, int at, Place place) {
        int back = 0;
        while (back < Math.min(at, place.offset())
                && bytes[at - back - 1] == place.of().bytes()[place.offset() - back - 1]) {
            back++;
        }
        return back;
    }

    private static int ahead(byte[] bytes, int at, Place place) {
        int most = Math.min(bytes.length - at, place.of().bytes().length - place.offset());
        int ahead = 0;
        while (ahead < most && bytes[at + ahead] == place.of().bytes()[place.offset() + ahead]) {
            ahead++;
        }
        return ahead;
    }

    private static int seed(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
