package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names streams; only the CNAME is kept, which tells what plays in step.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc3550#section-6.5">RFC 3550 §6.5</a>
 *
 * <pre>
 * |V=2|P|    SC   |  PT=SDES=202  |             length            |
 * |                          SSRC/CSRC_1                          |
 * | CNAME=1       |     length    | name ...                      |
 * | ... 0 ends the items, zeros up to the next word               |
 * </pre>
 *
 * @param chunks at most 31
 */
public record RtcpSourceDescription(List<Chunk> chunks) implements RtcpPacket {
  private static final int CNAME = 1;
  private static final int MAX_CHUNKS = 31;
  private static final int MAX_TEXT_BYTES = 255;

  /**
   * The name of one stream.
   *
   * @param ssrc the stream
   * @param cname at most 255 bytes of UTF-8; empty when another item came only
   */
  public record Chunk(Ssrc ssrc, String cname) {
    /** Checks the length. */
    public Chunk {
      if (cname.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
        throw new IllegalArgumentException("cname is longer than 255 bytes");
      }
    }

    int sizeBytes() {
      final int items = 4 + 2 + cname.getBytes(StandardCharsets.UTF_8).length + 1;
      return (items + 3) / 4 * 4;
    }
  }

  /** Copies the chunks. */
  public RtcpSourceDescription {
    if (chunks.size() > MAX_CHUNKS) {
      throw new IllegalArgumentException("at most 31 chunks but got " + chunks.size());
    }
    chunks = List.copyOf(chunks);
  }

  static @Nullable RtcpSourceDescription read(byte[] b, int from, int size, int count) {
    final int end = from + size;
    final List<Chunk> chunks = new ArrayList<>(count);
    int at = from + RtcpHeader.SIZE_BYTES;
    for (int i = 0; i < count; i++) {
      if (at + 4 > end) {
        return null;
      }
      final Ssrc ssrc = Ssrc.ofBits(Bits.i32(b, at));
      at += 4;
      String cname = "";
      while (at < end && b[at] != 0) {
        if (at + 2 > end || at + 2 + Bits.u8(b, at + 1) > end) {
          return null;
        }
        final int length = Bits.u8(b, at + 1);
        if (b[at] == CNAME) {
          cname = new String(b, at + 2, length, StandardCharsets.ISO_8859_1);
        }
        at += 2 + length;
      }
      at = from + ((at - from) / 4 + 1) * 4;
      if (at > end) {
        return null;
      }
      chunks.add(new Chunk(ssrc, ascii(cname)));
    }
    return new RtcpSourceDescription(chunks);
  }

  /** A name is compared and shown, never trusted: other than printable ASCII becomes a dot. */
  private static String ascii(String text) {
    final StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      clean.append(c >= ' ' && c <= '~' ? c : '.');
    }
    return clean.toString();
  }

  @Override
  public int sizeBytes() {
    return RtcpHeader.SIZE_BYTES + chunks.stream().mapToInt(Chunk::sizeBytes).sum();
  }

  @Override
  public void write(ByteBuffer out) {
    RtcpHeader.write(out, chunks.size(), RtcpHeader.SOURCE_DESCRIPTION, sizeBytes());
    for (final Chunk chunk : chunks) {
      final byte[] name = chunk.cname().getBytes(StandardCharsets.UTF_8);
      out.putInt(chunk.ssrc().bits());
      out.put((byte) CNAME).put((byte) name.length).put(name);
      out.put(new byte[chunk.sizeBytes() - 6 - name.length]);
    }
  }
}
