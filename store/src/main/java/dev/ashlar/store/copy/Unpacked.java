package dev.ashlar.store.copy;

import dev.ashlar.store.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a copy unpacks to, up to a bound: a few bytes can unpack to more than any disk holds. Does
/// not close what it reads from.
final class Unpacked extends FilterInputStream {
    /// The most of one record.
    private static final int LINE_MAX = 16 << 20;

    private final String what;
    private final long most;
    private long count;
    private long line;

    /// @param what it is, for messages
    /// @param most bytes
    Unpacked(InputStream packed, String what, long most) {
        super(packed);
        this.what = what;
        this.most = most;
    }

    /// The most that a file of that size honestly unpacks to.
    static long mostOf(long packed) {
        return (64L << 20) + 100 * packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count += Math.max(0, read);
        for (int i = 0; i < read; i++) {
            line = bytes[offset + i] == '\n' ? 0 : line + 1;
        }
        if (count > most || line > LINE_MAX) {
            throw new StoreException(
                    StoreException.Kind.DAMAGED,
                    "%s unpacks to more than it may: at most %d MiB, and %d MiB a record. Nothing was changed"
                            .formatted(what, most >> 20, LINE_MAX >> 20));
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return super.skip(0);
    }

    @Override
    public void close() {
        // It is closed by who opened it.
    }
}
