package dev.ashlar.nodes.execute;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Archives as no honest program writes them, member by member.
final class Members {
    private static final int BLOCK = 512;
    private static final int CENTRAL = 0x02014b50;

    private Members() {}

    /// One member of an archive.
    ///
    /// @param type as tar has it: `0` a file, `1` a hard link, `2` a symbolic link, `3` a device,
    ///   `5` a folder, `6` a pipe
    /// @param target of a link
    record Member(String name, char type, String target, int mode) {
        static Member file(String name) {
            return new Member(name, '0', "", 0644);
        }

        static Member folder(String name) {
            return new Member(name, '5', "", 0755);
        }

        static Member link(String name, String target) {
            return new Member(name, '2', target, 0777);
        }

        static Member hardLink(String name, String target) {
            return new Member(name, '1', target, 0644);
        }

        Member with(int rights) {
            return new Member(name, type, target, rights);
        }

        /// What a file has in it: its name.
        byte[] content() {
            return type == '0' ? bytes(name + "\n") : new byte[0];
        }
    }

    static byte[] tar(List<Member> members) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Member member : members) {
            all.writeBytes(header(member, member.content().length));
            all.writeBytes(
                    Arrays.copyOf(
                            member.content(),
                            (member.content().length + BLOCK - 1) / BLOCK * BLOCK));
        }
        all.writeBytes(new byte[2 * BLOCK]);
        return all.toByteArray();
    }

    /// The header of a file of a size.
    static byte[] header(String name, long size) {
        return header(Member.file(name), size);
    }

    private static byte[] header(Member member, long size) {
        ByteBuffer header = ByteBuffer.allocate(BLOCK);
        put(header, 0, member.name());
        put(header, 100, octal(member.mode(), 7));
        put(header, 108, octal(0, 7));
        put(header, 116, octal(0, 7));
        put(header, 124, octal(size, 11));
        put(header, 136, octal(0, 11));
        put(header, 148, "        ");
        header.put(156, (byte) member.type());
        put(header, 157, member.target());
        put(header, 257, "ustar");
        put(header, 263, "00");
        put(header, 265, "root");
        put(header, 329, octal(1, 7));
        put(header, 337, octal(3, 7));
        int sum = 0;
        for (byte one : header.array()) {
            sum += one & 0xff;
        }
        put(header, 148, octal(sum, 6) + "\0 ");
        return header.array();
    }

    private static void put(ByteBuffer header, int at, String text) {
        header.put(at, bytes(text));
    }

    private static String octal(long number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "o", number);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// With rights and links as on Unix, which stand in the list at the end of a zip archive alone.
    static byte[] zip(List<Member> members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Member member : members) {
                byte[] content = member.type() == '2' ? bytes(member.target()) : member.content();
                CRC32 sum = new CRC32();
                sum.update(content);
                ZipEntry entry = new ZipEntry(member.name());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        }
        ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        int at = all.getInt(all.limit() - 6);
        for (Member member : members) {
            if (all.getInt(at) != CENTRAL) {
                throw new IllegalStateException("no member at " + at);
            }
            int kind = member.type() == '2' ? 0120000 : member.type() == '5' ? 040000 : 0100000;
            all.put(at + 5, (byte) 3);
            all.putInt(at + 38, (kind | member.mode()) << 16);
            at += 46 + all.getShort(at + 28) + all.getShort(at + 30) + all.getShort(at + 32);
        }
        return all.array();
    }
}
