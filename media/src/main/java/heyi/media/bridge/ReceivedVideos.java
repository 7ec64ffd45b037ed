package heyi.media.bridge;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.Ssrc;
import heyi.media.bridge.LayerPlan.Video;
import heyi.media.bridge.Routes.Route;
import heyi.media.colibri2.VideoConstraints;
import heyi.media.rtp.Vp8Descriptor;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How much of the others' videos one receiver gets: all of it, unless his line is too narrow; then
 * fewer frames of each, the speaker last, then fewer videos. Sound is never touched, and who wants
 * everything at its best, as a recorder does, gets it.
 *
 * <p><b>Threads:</b> any. <b>Bounds:</b> one gate and one choice for each video that is announced.
 */
final class ReceivedVideos {
  /** More than is needed must be there before a layer is added, so that nothing flickers. */
  private static final double RESERVE = 1.15;

  /** Rates are known over two seconds: dividing more often changes nothing. */
  private static final long DIVIDE_NANOS = 200_000_000;

  private final BridgeEndpoint receiver;
  private final ConferenceMedia media;
  private final Map<Ssrc, LayerGate> gates = new ConcurrentHashMap<>();
  private final Map<Ssrc, LayerChoice> choices = new ConcurrentHashMap<>();
  private long lastBits = Long.MAX_VALUE;
  private long lastNanos;

  ReceivedVideos(BridgeEndpoint receiver, ConferenceMedia media) {
    this.receiver = receiver;
    this.media = media;
  }

  /** Forgets videos that are gone. */
  void announced(Set<Ssrc> present) {
    gates.keySet().retainAll(present);
    choices.keySet().retainAll(present);
  }

  /** What to send in place of a packet: itself, another, or null for nothing. */
  byte @Nullable [] pass(Route route, byte[] packet, @Nullable Vp8Descriptor descriptor) {
    final LayerGate gate = gates.get(route.ssrc());
    if (gate == null) {
      return packet;
    }
    final byte[] passed = gate.pass(packet, descriptor);
    if (passed == null) {
      media.counters().thinned.increment();
      if (gate.keyframeDue(media.nanoClock().getAsLong())) {
        route.owner().requestKeyframe(route.ssrc());
      }
    }
    return passed;
  }

  /** A packet of a video that is not looked at: what is sent of it later follows without a gap. */
  void passOver(Route route, byte[] packet, @Nullable Vp8Descriptor descriptor) {
    gates.computeIfAbsent(route.ssrc(), _ -> new LayerGate()).passOver(packet, descriptor);
  }

  /** The receiver's line carries so much now. */
  synchronized void line(long bitsPerSecond, long nowNanos) {
    final boolean narrower = bitsPerSecond < lastBits;
    if (!narrower && nowNanos - lastNanos < DIVIDE_NANOS) {
      return;
    }
    lastBits = bitsPerSecond;
    lastNanos = nowNanos;
    if (bitsPerSecond == Long.MAX_VALUE && gates.isEmpty()) {
      return;
    }
    final Routes routes = media.routes().get();
    if (bitsPerSecond == Long.MAX_VALUE || wantsTheBest()) {
      choices.clear();
      routes.videoFor(receiver).forEach(route -> limit(route, LayerGate.ALL));
    } else {
      divide(bitsPerSecond, routes, nowNanos);
    }
  }

  private boolean wantsTheBest() {
    return receiver.wish().defaultMaxHeight() == VideoConstraints.BEST_HEIGHT;
  }

  private void divide(long bitsPerSecond, Routes routes, long nowNanos) {
    final EndpointId speaker = media.speaker().now();
    final List<Route> wanted =
        routes.videoFor(receiver).stream()
            .sorted(
                Comparator.comparing((Route route) -> !route.owner().id().equals(speaker))
                    .thenComparing(route -> route.owner().id().value()))
            .toList();
    final List<Video> videos =
        wanted.stream()
            .map(
                route ->
                    new Video(
                        route.ssrc(), route.owner().rates(route.ssrc()).bitsPerSecond(nowNanos)))
            .toList();
    final long left = bitsPerSecond - sound(routes, nowNanos);
    // What waits is to go within a second.
    final long rest = left - receiver.waitingBits();
    final Map<Ssrc, Integer> now = LayerPlan.divide(rest, videos);
    final Map<Ssrc, Integer> later = LayerPlan.divide(left, videos);
    final Map<Ssrc, Integer> well = LayerPlan.divide(Math.round(rest / RESERVE), videos);
    for (final Route route : wanted) {
      final Ssrc ssrc = route.ssrc();
      final LayerChoice.Fit fit =
          new LayerChoice.Fit(
              now.getOrDefault(ssrc, LayerGate.ALL),
              later.getOrDefault(ssrc, LayerGate.ALL),
              well.getOrDefault(ssrc, LayerGate.ALL));
      limit(route, choices.computeIfAbsent(ssrc, _ -> new LayerChoice()).next(fit, nowNanos));
    }
  }

  private long sound(Routes routes, long nowNanos) {
    return routes.streamsFor(receiver, MediaKind.AUDIO).stream()
        .mapToLong(route -> route.owner().rates(route.ssrc()).total(nowNanos))
        .sum();
  }

  private void limit(Route route, int top) {
    if (top == LayerGate.ALL && !gates.containsKey(route.ssrc())) {
      return;
    }
    final boolean needsKeyframe =
        gates.computeIfAbsent(route.ssrc(), _ -> new LayerGate()).limit(top);
    if (needsKeyframe) {
      route.owner().requestKeyframe(route.ssrc());
    }
  }
}
