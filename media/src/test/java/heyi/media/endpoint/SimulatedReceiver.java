package heyi.media.endpoint;

import heyi.media.Ssrc;
import heyi.media.rtcp.RtcpTransportFeedback;
import heyi.media.rtp.RateMeter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A sender that does as the embedded bridge does, a line with a queue, and a receiver that reports
 * as a browser does: two voices and two pictures of three temporal layers, with a clock of its own.
 */
final class SimulatedReceiver {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;
  static final int PICTURE_BITS = 200_000;

  /** Home routers and phones hold this and more. */
  private static final long LINE_QUEUE = 400 * MILLI;

  private static final long WAY = 30 * MILLI;
  private static final long FEEDBACK = 100 * MILLI;
  private static final int VOICE_BYTES = 80;
  private static final int PACKET_BYTES = 1_100;
  private static final int KEYFRAME_BYTES = 8_000;
  private static final int FRAMES_PER_SECOND = 15;
  private static final int KEYFRAME_FRAMES = 10 * FRAMES_PER_SECOND;
  private static final long FRAME = SECOND / FRAMES_PER_SECOND;
  private static final double RESERVE = 1.15;
  private static final int[] PATTERN = {0, 2, 1, 2};
  private static final double[] SHARE = {0.45, 0.25, 0.15};
  private static final int STOPPED = -1;

  /** Milliseconds between two troubles, on average. */
  private static final int STRAIN = 1_500;

  private record Sent(int number, int bytes, boolean voice, long sentNanos, long arrivalNanos) {
    boolean lost() {
      return arrivalNanos < 0;
    }
  }

  /** One of the pictures, as the bridge has it. */
  private static final class Picture {
    final List<RateMeter> rates =
        List.of(new RateMeter(2 * SECOND), new RateMeter(2 * SECOND), new RateMeter(2 * SECOND));
    int frame;
    int top = 2;
    boolean waitsForKeyframe;
    long arrivedBytes;
    int stops;
    long fittedNanos;
    long goingNanos;
  }

  private final SendBandwidth bandwidth = new SendBandwidth();
  private final Pace pace = new Pace();
  private final Queue<Integer> waiting = new ArrayDeque<>();
  private final List<Picture> pictures = List.of(new Picture(), new Picture());
  private final List<Sent> underWay = new ArrayList<>();
  private final List<Long> voiceDelays = new ArrayList<>();
  private long now = SECOND;
  private long reportAt = now;
  private long lineFree;
  private long lineBits;
  private long stallsUntil;
  private long slowBy;
  private long slowUntil;
  private @Nullable SplittableRandom chance;
  private long waitingBytes;
  private int next;
  private int voicesLost;

  /** Lets some time go by on a line of this rate. */
  void run(long bits, long lasting) {
    lineBits = bits;
    for (final long end = now + lasting; now < end; now += MILLI) {
      strained();
      if (now % (20 * MILLI) == 0) {
        send(VOICE_BYTES, true);
        send(VOICE_BYTES, true);
      }
      for (int i = 0; i < pictures.size(); i++) {
        if ((now + i * FRAME / 2) % FRAME < MILLI) {
          frame(pictures.get(i));
        }
      }
      while (!waiting.isEmpty() && pace.waitNanos(now) == 0) {
        waitingBytes -= waiting.element();
        send(waiting.remove(), false);
      }
      if (now >= reportAt) {
        report();
        reportAt = now + FEEDBACK;
      }
    }
  }

  /** Nothing arrives for a while, then everything at once: a machine or radio that stood still. */
  void stall(long lasting) {
    stallsUntil = now + lasting;
  }

  /** Everything comes later for a while: a machine that has too much to do. */
  void slow(long byNanos, long lasting) {
    slowBy = byNanos;
    slowUntil = now + lasting;
  }

  /**
   * From now on everything comes late for a moment, again and again, as on a machine at its limit.
   */
  void strain(long seed) {
    chance = new SplittableRandom(seed);
  }

  private void strained() {
    if (chance != null && now >= Math.max(slowUntil, stallsUntil) && chance.nextInt(STRAIN) == 0) {
      if (chance.nextBoolean()) {
        stall(chance.nextLong(100, 700) * MILLI);
      } else {
        slow(chance.nextLong(50, 250) * MILLI, chance.nextLong(100, 1_500) * MILLI);
      }
    }
  }

  private void frame(Picture picture) {
    final boolean keyframe =
        picture.frame % KEYFRAME_FRAMES == 0 || picture.waitsForKeyframe && picture.top >= 0;
    final int layer = keyframe ? 0 : PATTERN[picture.frame % PATTERN.length];
    picture.frame++;
    final double ofItsLayer = layer == 2 ? 2 : 1;
    final double fourFrames = PICTURE_BITS / 8.0 * PATTERN.length / FRAMES_PER_SECOND;
    int bytes =
        keyframe ? KEYFRAME_BYTES : (int) (fourFrames * SHARE[layer] * 2 / (ofItsLayer + 1));
    picture.waitsForKeyframe &= !keyframe;
    final boolean passes = layer <= picture.top && !picture.waitsForKeyframe;
    for (; bytes > 0; bytes -= PACKET_BYTES) {
      final int size = Math.min(bytes, PACKET_BYTES);
      picture.rates.get(layer).add(size + SendBandwidth.OVERHEAD_BYTES, now);
      if (passes) {
        waiting.add(size);
        waitingBytes += size;
        picture.arrivedBytes += size;
      }
    }
  }

  private void send(int bytes, boolean voice) {
    final int onLine = bytes + SendBandwidth.OVERHEAD_BYTES;
    pace.sent(onLine, now);
    final int number = next++ & 0xFFFF;
    bandwidth.sent(number, bytes, now);
    final long begin = Math.max(now, lineFree);
    if (begin - now > LINE_QUEUE) {
      voicesLost += voice ? 1 : 0;
      underWay.add(new Sent(number, bytes, voice, now, -1));
      return;
    }
    lineFree = begin + onLine * 8L * SECOND / lineBits;
    final long late = now < slowUntil ? slowBy : 0;
    final long arrival = Math.max(lineFree + WAY + late, stallsUntil);
    underWay.add(new Sent(number, bytes, voice, now, arrival));
    if (voice) {
      voiceDelays.add(arrival - now - WAY);
    }
  }

  private void report() {
    final long heardUntil = now - WAY;
    int count = 0;
    for (int i = 0; i < underWay.size(); i++) {
      if (!underWay.get(i).lost() && underWay.get(i).arrivalNanos() <= heardUntil) {
        count = i + 1;
      }
    }
    if (count == 0) {
      return;
    }
    final List<Sent> reported = underWay.subList(0, count);
    final long tick = 250_000;
    final long first =
        reported.stream().filter(each -> !each.lost()).findFirst().orElseThrow().arrivalNanos();
    final int reference = (int) (first / tick / 256);
    long previous = reference * 256L;
    final List<Integer> deltas = new ArrayList<>();
    for (final Sent each : reported) {
      if (each.lost()) {
        deltas.add(RtcpTransportFeedback.LOST);
      } else {
        deltas.add((int) (each.arrivalNanos() / tick - previous));
        previous = each.arrivalNanos() / tick;
      }
    }
    bandwidth.feedback(
        new RtcpTransportFeedback(
            new Ssrc(1), new Ssrc(2), reported.getFirst().number(), reference, 0, deltas),
        now);
    reported.clear();
    pace.line(bandwidth.pacedBitsPerSecond(), now);
    divide();
  }

  /** As the bridge does: every picture in fewest frames first, then a layer more of each. */
  private void divide() {
    if (bandwidth.bitsPerSecond() == SendBandwidth.UNLIMITED) {
      pictures.forEach(picture -> choose(picture, 2, 2, 2));
      return;
    }
    final long voices = 2 * 50 * 8L * (VOICE_BYTES + SendBandwidth.OVERHEAD_BYTES);
    final long left = bandwidth.bitsPerSecond() - voices;
    final long quick = left - waitingBytes * 8;
    final int[] fits = tops(quick);
    final int[] later = tops(left);
    final int[] well = tops(Math.round(quick / RESERVE));
    for (int i = 0; i < fits.length; i++) {
      choose(pictures.get(i), fits[i], later[i], well[i]);
    }
  }

  /** As the bridge's choice of layers. */
  private void choose(Picture picture, int fits, int later, int well) {
    if (later != STOPPED) {
      picture.fittedNanos = now;
    }
    final int least = now - picture.fittedNanos >= SECOND ? STOPPED : 0;
    final int chosen = Math.max(Math.min(picture.top, Math.max(least, fits)), well);
    if (picture.top != STOPPED) {
      picture.top = chosen;
      picture.waitsForKeyframe |= chosen == STOPPED;
      picture.stops += chosen == STOPPED ? 1 : 0;
      picture.goingNanos = now;
    } else if (now - picture.goingNanos >= 5 * SECOND) {
      picture.top = chosen;
    }
  }

  private int[] tops(long bits) {
    final int[] tops = {STOPPED, STOPPED};
    long left = bits;
    for (int layer = 0; layer < SHARE.length; layer++) {
      for (int i = 0; i < tops.length; i++) {
        final long needs = pictures.get(i).rates.get(layer).bitsPerSecond(now);
        if (tops[i] == layer - 1 && needs <= left) {
          tops[i] = layer;
          left -= needs;
        }
      }
    }
    return tops;
  }

  /** What the voices did not get through of, from now on or since this was asked last. */
  VoiceSummary voices() {
    final List<Long> sorted = voiceDelays.stream().sorted().toList();
    final VoiceSummary summary =
        new VoiceSummary(
            sorted.get(sorted.size() / 2) / MILLI,
            sorted.get(sorted.size() * 95 / 100) / MILLI,
            sorted.getLast() / MILLI,
            (double) voicesLost / (voicesLost + sorted.size()));
    voiceDelays.clear();
    voicesLost = 0;
    return summary;
  }

  /** Milliseconds in the line's queue, and the share that was lost in it. */
  record VoiceSummary(long p50, long p95, long worst, double lost) {}

  /** Bits per second of both pictures that went out over the last while. */
  long pictureBits(long lasting) {
    final long bytes = pictures.stream().mapToLong(each -> each.arrivedBytes).sum();
    pictures.forEach(each -> each.arrivedBytes = 0);
    return bytes * 8 * SECOND / lasting;
  }

  /** How often a picture was stopped. */
  int stops() {
    return pictures.stream().mapToInt(each -> each.stops).sum();
  }

  boolean everythingGoes() {
    return pictures.stream().allMatch(each -> each.top == 2 && !each.waitsForKeyframe);
  }

  long estimate() {
    return bandwidth.bitsPerSecond();
  }
}
