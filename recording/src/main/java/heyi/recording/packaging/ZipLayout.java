package heyi.recording.packaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The one way in which an evidence package is laid out as a ZIP: from names and contents every
 * other byte follows, so that a changed byte shows wherever it stands.
 *
 * <p>Entries are stored, not compressed; no entry has a comment; every date is 1980-01-01; names
 * are UTF-8. Sizes and positions of 4 GiB and more use ZIP64 exactly where they have to.
 * <b>Source:</b> <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT
 * 6.3.10</a> §4.3.7, §4.3.12, §4.3.14–16, §4.5.3.
 */
public final class ZipLayout {
  /** Of a local header without its name. */
  public static final int LOCAL_BYTES = 30;

  /** Of the field that holds the size and the stored size in a local header. */
  public static final int LOCAL_EXTRA_BYTES = 20;

  /** What a local header starts with. */
  public static final int LOCAL_SIGNATURE = 0x04034b50;

  private static final int DIRECTORY_SIGNATURE = 0x02014b50;
  private static final int DIRECTORY_BYTES = 46;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final short EXTRA_ID = 1;
  private static final short UTF8_NAMES = 0x0800;
  private static final short DATE_1980_01_01 = 0x21;
  private static final short VERSION = 20;
  private static final short VERSION_64 = 45;
  private static final long LIMIT_32 = 0xFFFF_FFFFL;
  private static final int LIMIT_16 = 0xFFFF;

  private ZipLayout() {}

  /**
   * An entry.
   *
   * @param name of the file
   * @param crc CRC-32 of its content
   * @param size of its content in bytes
   * @param offset where its header stands
   */
  public record Entry(String name, long crc, long size, long offset) {
    private byte[] nameBytes() {
      return name.getBytes(StandardCharsets.UTF_8);
    }

    private boolean large() {
      return size >= LIMIT_32;
    }

    private boolean far() {
      return offset >= LIMIT_32;
    }
  }

  /** What stands before the content. */
  public static byte[] localHeader(Entry entry) {
    byte[] name = entry.nameBytes();
    int extra = entry.large() ? LOCAL_EXTRA_BYTES : 0;
    ByteBuffer out = buffer(LOCAL_BYTES + name.length + extra);
    out.putInt(LOCAL_SIGNATURE).putShort(entry.large() ? VERSION_64 : VERSION);
    putCommon(out, entry, name, extra);
    out.put(name);
    if (entry.large()) {
      out.putShort(EXTRA_ID).putShort((short) (LOCAL_EXTRA_BYTES - 4));
      out.putLong(entry.size()).putLong(entry.size());
    }
    return out.array();
  }

  /**
   * What stands after the last content.
   *
   * @param entries in their order
   * @param offset where it begins
   */
  public static byte[] directory(List<Entry> entries, long offset) {
    int size = 0;
    for (Entry entry : entries) {
      size += DIRECTORY_BYTES + entry.nameBytes().length + directoryExtra(entry);
    }
    boolean big = entries.size() >= LIMIT_16 || offset >= LIMIT_32;
    ByteBuffer out = buffer(size + END_BYTES + (big ? END64_BYTES + LOCATOR_BYTES : 0));
    entries.forEach(entry -> putDirectoryEntry(out, entry));
    if (big) {
      out.putInt(END64_SIGNATURE).putLong(END64_BYTES - 12L);
      out.putShort(VERSION_64).putShort(VERSION_64).putInt(0).putInt(0);
      out.putLong(entries.size()).putLong(entries.size()).putLong(size).putLong(offset);
      out.putInt(LOCATOR_SIGNATURE).putInt(0).putLong(offset + size).putInt(1);
    }
    short count = (short) Math.min(entries.size(), LIMIT_16);
    out.putInt(END_SIGNATURE).putShort((short) 0).putShort((short) 0);
    out.putShort(count).putShort(count).putInt(size);
    out.putInt((int) Math.min(offset, LIMIT_32)).putShort((short) 0);
    return out.array();
  }

  private static void putDirectoryEntry(ByteBuffer out, Entry entry) {
    byte[] name = entry.nameBytes();
    int extra = directoryExtra(entry);
    short version = extra > 0 ? VERSION_64 : VERSION;
    out.putInt(DIRECTORY_SIGNATURE).putShort(version).putShort(version);
    putCommon(out, entry, name, extra);
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    out.putInt((int) Math.min(entry.offset(), LIMIT_32)).put(name);
    if (extra > 0) {
      out.putShort(EXTRA_ID).putShort((short) (extra - 4));
      if (entry.large()) {
        out.putLong(entry.size()).putLong(entry.size());
      }
      if (entry.far()) {
        out.putLong(entry.offset());
      }
    }
  }

  private static int directoryExtra(Entry entry) {
    int bytes = (entry.large() ? 2 * Long.BYTES : 0) + (entry.far() ? Long.BYTES : 0);
    return bytes == 0 ? 0 : bytes + 4;
  }

  /** Flags to the length of the extra field, alike in both kinds of header. */
  private static void putCommon(ByteBuffer out, Entry entry, byte[] name, int extra) {
    int size = (int) Math.min(entry.size(), LIMIT_32);
    out.putShort(UTF8_NAMES).putShort((short) 0).putShort((short) 0).putShort(DATE_1980_01_01);
    out.putInt((int) entry.crc()).putInt(size).putInt(size);
    out.putShort((short) name.length).putShort((short) extra);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
