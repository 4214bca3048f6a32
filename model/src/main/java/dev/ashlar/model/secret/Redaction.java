package dev.ashlar.model.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /// A place in a spelling.
    private record Place(byte[] spelling, int offset) {}

    private final Map<Integer, List<Place>> seeds = new LinkedHashMap<>();

    private Redaction(Collection<byte[]> spellings) {
        for (byte[] spelling : spellings) {
            int last = spelling.length < PART ? 0 : spelling.length - SEED;
            for (int offset = 0; offset <= last; offset += STRIDE) {
                seeds.computeIfAbsent(seed(spelling, offset), _ -> new ArrayList<>())
                        .add(new Place(spelling, offset));
            }
        }
    }

    /// Of everything that is secret in a vault.
    public static Redaction of(Vault vault) {
        return of(
                vault.secrets().values().stream()
                        .map(Secret::content)
                        .map(content ->
                                switch (content) {
                                    case Secret.Text(String text) -> text;
                                    case Secret.Pair(String privateKey, _) -> privateKey;
                                })
                        .toList());
    }

    public static Redaction of(Collection<String> secrets) {
        return new Redaction(
                secrets.stream()
                        .flatMap(secret -> Spellings.of(secret).stream())
                        .filter(spelling -> spelling.length >= SEED)
                        .toList());
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
            byte[] spelling = place.spelling();
            int back = back(bytes, at, place);
            int ahead = ahead(bytes, at, place);
            int needed = Math.max(shortest, Math.min(PART, spelling.length));
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
                && bytes[at - back - 1] == place.spelling()[place.offset() - back - 1]) {
            back++;
        }
        return back;
    }

    private static int ahead(byte[] bytes, int at, Place place) {
        int most = Math.min(bytes.length - at, place.spelling().length - place.offset());
        int ahead = 0;
        while (ahead < most && bytes[at + ahead] == place.spelling()[place.offset() + ahead]) {
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
