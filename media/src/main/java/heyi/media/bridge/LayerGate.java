package heyi.media.bridge;

import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.Vp8Descriptor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lets only the lower temporal layers of one VP8 stream go to one receiver, so that the receiver
 * sees a whole stream of fewer frames: sequence numbers and picture ids follow each other without
 * gaps, else he would ask for what was left out, and wait for it.
 *
 * <p>A layer is left at the next frame; it is joined at a frame that needs the base layer only, a
 * video that was stopped or not looked at begins again at a keyframe, with the number after the
 * last one: half a cycle later the receiver would take new numbers for old ones. What is lost on
 * the way to the bridge keeps its number while something passes; when it comes late and is not
 * wanted, padding takes that number.
 *
 * <p><b>Threads:</b> all methods lock the gate. <b>Bounds:</b> remembers {@value #REMEMBERED}
 * packets, from the first restriction on; until then packets pass as they are.
 *
 * <p><b>Source:</b> RFC 7741 §4.2 for picture ids and layer sync, RFC 3550 §5.1 for padding.
 */
final class LayerGate {
  /** Nothing passes. */
  static final int STOPPED = -1;

  /** Everything passes. */
  static final int ALL = Vp8Descriptor.TOP_LAYER;

  static final int REMEMBERED = 1024;

  /** A larger hole means that the sender jumped. */
  private static final int MAX_HOLE = REMEMBERED / 2;

  /** A keyframe that was asked for may be lost, or come in pieces of which the first is missing. */
  static final long KEYFRAME_NANOS = 1_000_000_000;

  private static final int CYCLE = 1 << 16;
  private static final int PADDING_BYTES = 4;
  private static final int PADDED = 0xA0;

  private final int[] numberShifts = new int[REMEMBERED];
  private final int[] pictureShifts = new int[REMEMBERED];
  private final byte[] layers = new byte[REMEMBERED];
  private final boolean[] missing = new boolean[REMEMBERED];

  private int wanted = ALL;
  private int layer = ALL;
  private boolean restricted;
  private long first = -1;
  private long highest = -1;
  private long frameTimestamp;
  private boolean framePasses;
  private int numberShift;
  private int pictureShift;
  private boolean waits;
  private long waitsSinceNanos;

  /**
   * Restricts or frees the stream.
   *
   * @param top highest layer that may pass, {@link #STOPPED} for none
   * @return whether a keyframe is needed before anything passes
   */
  synchronized boolean limit(int top) {
    final boolean resumes = wanted == STOPPED && top != STOPPED;
    wanted = top;
    restricted |= top < ALL;
    return resumes;
  }

  /** The highest layer that may pass. */
  synchronized int limit() {
    return wanted;
  }

  /**
   * Takes a packet.
   *
   * @param packet shared with other receivers: read only
   * @param descriptor of the packet, null when it has no payload to read
   * @return the packet itself, another one to be sent in its place, or null when it is left out
   */
  synchronized byte @Nullable [] pass(byte[] packet, @Nullable Vp8Descriptor descriptor) {
    return restricted ? take(packet, descriptor, true) : packet;
  }

  /** Leaves out a packet of a picture that the receiver does not look at. */
  synchronized void passOver(byte[] packet, @Nullable Vp8Descriptor descriptor) {
    restricted = true;
    take(packet, descriptor, false);
  }

  /**
   * Whether to ask for a keyframe once more: one has been waited for for {@link #KEYFRAME_NANOS}
   * since this said so last.
   */
  synchronized boolean keyframeDue(long nowNanos) {
    final boolean waiting = wanted != STOPPED && layer == STOPPED;
    if (!waiting || !waits) {
      waits = waiting;
      waitsSinceNanos = nowNanos;
      return false;
    }
    final boolean due = nowNanos - waitsSinceNanos >= KEYFRAME_NANOS;
    waitsSinceNanos = due ? nowNanos : waitsSinceNanos;
    return due;
  }

  private byte @Nullable [] take(
      byte[] packet, @Nullable Vp8Descriptor descriptor, boolean lookedAt) {
    final int number = Bits.u16(packet, RtpHeader.SEQUENCE_NUMBER_OFFSET);
    final long extended = highest < 0 ? CYCLE + number : highest + (short) (number - (int) highest);
    if (highest < 0) {
      begin(extended);
    }
    if (extended > highest) {
      return ahead(packet, descriptor, extended, lookedAt);
    }
    return extended < first ? packet : late(packet, descriptor, extended);
  }

  private void begin(long extended) {
    first = extended;
    highest = extended - 1;
    frameTimestamp = -1;
  }

  private byte @Nullable [] ahead(
      byte[] packet, @Nullable Vp8Descriptor descriptor, long extended, boolean lookedAt) {
    final long hole = extended - highest - 1;
    if (hole >= MAX_HOLE) {
      Arrays.fill(missing, false);
    } else {
      for (long n = highest + 1; n < extended; n++) {
        remember(n, layer != STOPPED);
      }
    }
    if (layer == STOPPED) {
      numberShift += (int) hole;
    }
    highest = extended;
    final long timestamp = Bits.u32(packet, 4);
    if (timestamp != frameTimestamp) {
      frameTimestamp = timestamp;
      framePasses = lookedAt ? decide(descriptor) : stop();
      if (!framePasses) {
        pictureShift++;
      }
    }
    remember(extended, false);
    if (!framePasses) {
      numberShift++;
      return null;
    }
    return rewritten(packet, descriptor, numberShift, pictureShift);
  }

  private boolean decide(@Nullable Vp8Descriptor descriptor) {
    if (wanted == STOPPED) {
      return stop();
    }
    if (descriptor == null) {
      return layer != STOPPED;
    }
    if (descriptor.keyframe()) {
      layer = wanted;
      return true;
    }
    layer = Math.min(layer, wanted);
    final int of = descriptor.temporalLayer();
    if (layer != STOPPED && of > layer && of <= wanted && descriptor.layerSync()) {
      layer = of;
    }
    return layer != STOPPED && of <= layer;
  }

  private boolean stop() {
    layer = STOPPED;
    return false;
  }

  private void remember(long extended, boolean lost) {
    final int at = (int) (extended % REMEMBERED);
    numberShifts[at] = numberShift;
    pictureShifts[at] = pictureShift;
    layers[at] = (byte) layer;
    missing[at] = lost;
  }

  private byte @Nullable [] late(byte[] packet, @Nullable Vp8Descriptor descriptor, long extended) {
    final int at = (int) (extended % REMEMBERED);
    if (extended <= highest - REMEMBERED || !missing[at]) {
      return null;
    }
    missing[at] = false;
    final boolean passes =
        layers[at] != STOPPED && (descriptor == null || descriptor.temporalLayer() <= layers[at]);
    return passes
        ? rewritten(packet, descriptor, numberShifts[at], pictureShifts[at])
        : padding(packet, numberShifts[at]);
  }

  private static byte[] rewritten(
      byte[] packet, @Nullable Vp8Descriptor descriptor, int numberShift, int pictureShift) {
    if (numberShift == 0 && pictureShift == 0) {
      return packet;
    }
    final byte[] copy = packet.clone();
    shiftNumber(copy, numberShift);
    if (descriptor != null) {
      descriptor.putPictureId(copy, descriptor.pictureId() - pictureShift);
    }
    return copy;
  }

  private static byte[] padding(byte[] packet, int numberShift) {
    final byte[] padding =
        Arrays.copyOf(
            Arrays.copyOf(packet, RtpHeader.FIXED_SIZE_BYTES),
            RtpHeader.FIXED_SIZE_BYTES + PADDING_BYTES);
    padding[0] = (byte) PADDED;
    padding[1] &= 0x7F;
    padding[padding.length - 1] = PADDING_BYTES;
    shiftNumber(padding, numberShift);
    return padding;
  }

  private static void shiftNumber(byte[] packet, int shift) {
    Bits.put16(
        packet,
        RtpHeader.SEQUENCE_NUMBER_OFFSET,
        Bits.u16(packet, RtpHeader.SEQUENCE_NUMBER_OFFSET) - shift);
  }
}
