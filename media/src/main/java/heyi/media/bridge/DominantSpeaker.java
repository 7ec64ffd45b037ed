package heyi.media.bridge;

import heyi.media.EndpointId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who speaks from the loudness that clients write into their audio packets (RFC 6464).
 *
 * <p>Each endpoint has an activity from 0 to 1 that follows its speech within half a second. The
 * speaker changes when somebody is active and clearly more so than the one before: a cough does not
 * suffice, and two who talk at once do not make pictures jump.
 *
 * <p><b>Threads:</b> any. <b>Bounds:</b> one entry per endpoint that sends; {@link #left} forgets.
 */
final class DominantSpeaker {
  /** Quieter than this, in -dBov, is background. */
  private static final int SPEECH_LEVEL = 50;

  private static final int LEVEL_BITS = 0x7F;
  private static final double FOLLOW_NANOS = 0.5e9;
  private static final double ACTIVE = 0.5;
  private static final double CLEARLY_MORE = 0.2;

  private final Map<EndpointId, Activity> activities = new HashMap<>();
  private @Nullable EndpointId speaker;

  private record Activity(double value, long atNanos) {
    double at(long nanos) {
      return value * Math.exp(-Math.max(0, nanos - atNanos) / FOLLOW_NANOS);
    }

    Activity follow(boolean speech, long nanos) {
      double kept = Math.exp(-Math.max(0, nanos - atNanos) / FOLLOW_NANOS);
      return new Activity(value * kept + (speech ? 1 - kept : 0), nanos);
    }
  }

  /**
   * Takes one packet's loudness.
   *
   * @param level the byte of the header extension, without its voice bit 0 loud to 127 silent
   * @return true when the endpoint is the speaker from now on
   */
  synchronized boolean heard(EndpointId endpoint, int level, long nanos) {
    boolean speech = (level & LEVEL_BITS) <= SPEECH_LEVEL;
    Activity before = activities.getOrDefault(endpoint, new Activity(0, nanos));
    Activity now = before.follow(speech, nanos);
    activities.put(endpoint, now);
    if (endpoint.equals(speaker) || now.value() < ACTIVE) {
      return false;
    }
    Activity current = speaker == null ? null : activities.get(speaker);
    if (current != null && now.value() < current.at(nanos) + CLEARLY_MORE) {
      return false;
    }
    speaker = endpoint;
    return true;
  }

  /** Forgets an endpoint. */
  synchronized void left(EndpointId endpoint) {
    activities.remove(endpoint);
    if (endpoint.equals(speaker)) {
      speaker = null;
    }
  }

  /** Who speaks; null before anybody did. */
  synchronized @Nullable EndpointId now() {
    return speaker;
  }
}
