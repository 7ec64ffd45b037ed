package heyi.recording.composite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A part of the picture that is made by itself and kept when it is whole.
 *
 * @param number counts from 0
 * @param firstFrame of the film
 * @param frames how many
 */
record Segment(int number, long firstFrame, long frames) {
  /** All of a film, in order. */
  static List<Segment> of(CompositePlan plan) {
    List<Segment> segments = new ArrayList<>();
    long each = (long) plan.segmentSeconds() * plan.framesPerSecond();
    for (long first = 0; first < plan.frames(); first += each) {
      segments.add(new Segment(segments.size(), first, Math.min(each, plan.frames() - first)));
    }
    return segments;
  }

  /** Its name in the directory of work. */
  String fileName() {
    return String.format(Locale.ROOT, "segment-%05d.mp4", number);
  }
}
