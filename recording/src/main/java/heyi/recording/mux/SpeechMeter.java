package heyi.recording.mux;

import heyi.recording.SpeechSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells when a source spoke, from the loudness that each packet's sender gives.
 *
 * <p>It is a help for finding one's way in a replay, not evidence of who spoke. <b>Bounds:</b>
 * {@value #MAX_SPANS} spans; a session with more gets longer ones. <b>Source:</b> <a
 * href="https://www.rfc-editor.org/rfc/rfc6464">RFC 6464</a>.
 */
final class SpeechMeter {
  static final int MAX_SPANS = 1000;

  /** In −dBov: a quiet voice is above it, a quiet room below. */
  private static final int FAINTEST_VOICE = 50;

  /** Breath between words. */
  private static final long FIRST_PAUSE_MILLIS = 700;

  /** Less is a click. */
  private static final long SHORTEST_MILLIS = 60;

  private final List<SpeechSpan> spans = new ArrayList<>();
  private long longestPauseMillis = FIRST_PAUSE_MILLIS;
  private long fromMillis;
  private long toMillis = -1;
  private long loudMillis;

  /**
   * Takes the next frame.
   *
   * @param atMillis on the session clock, rising
   * @param level 0 (loudest) to 127 (silent), or {@link RtpPacket#NO_LEVEL}
   */
  void frame(long atMillis, long durationMillis, int level) {
    if (level == RtpPacket.NO_LEVEL || level > FAINTEST_VOICE) {
      return;
    }
    if (toMillis < 0 || atMillis - toMillis > longestPauseMillis) {
      end();
      fromMillis = atMillis;
      loudMillis = 0;
    }
    loudMillis += durationMillis;
    toMillis = atMillis + durationMillis;
  }

  /** All spans so far, in order. */
  List<SpeechSpan> finish() {
    end();
    toMillis = -1;
    return List.copyOf(spans);
  }

  private void end() {
    if (toMillis < 0 || loudMillis < SHORTEST_MILLIS) {
      return;
    }
    spans.add(new SpeechSpan(fromMillis, toMillis));
    while (spans.size() > MAX_SPANS) {
      longestPauseMillis *= 2;
      joinNear();
    }
  }

  private void joinNear() {
    List<SpeechSpan> joined = new ArrayList<>();
    for (SpeechSpan span : spans) {
      SpeechSpan last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && span.fromMillis() - last.toMillis() <= longestPauseMillis) {
        joined.set(joined.size() - 1, new SpeechSpan(last.fromMillis(), span.toMillis()));
      } else {
        joined.add(span);
      }
    }
    spans.clear();
    spans.addAll(joined);
  }
}
