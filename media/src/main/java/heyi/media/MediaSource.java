package heyi.media;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * One thing that an endpoint sends: a microphone, a camera, a screen.
 *
 * <p><b>Bounds:</b> 1 to {@value #MAX_SSRCS} SSRCs, all different; groups name only SSRCs of the
 * source.
 *
 * @param name unique in the conference
 * @param kind audio or video
 * @param ssrcs every SSRC it may use, retransmissions included; the first is the main stream
 * @param groups which of them belong together
 */
public record MediaSource(
    SourceName name, MediaKind kind, List<Ssrc> ssrcs, List<SsrcGroup> groups) {
  /** Three simulcast layers with retransmission are six; nobody needs more than eight. */
  public static final int MAX_SSRCS = 8;

  /** Checks that the groups fit the SSRCs. */
  public MediaSource {
    ssrcs = List.copyOf(ssrcs);
    groups = List.copyOf(groups);
    if (ssrcs.isEmpty() || ssrcs.size() > MAX_SSRCS) {
      throw new IllegalArgumentException(
          "source " + name + " must have 1 to " + MAX_SSRCS + " ssrcs but has " + ssrcs.size());
    }
    if (new HashSet<>(ssrcs).size() != ssrcs.size()) {
      throw new IllegalArgumentException("source " + name + " names an ssrc twice: " + ssrcs);
    }
    if (groups.size() > MAX_SSRCS) {
      throw new IllegalArgumentException(
          "source " + name + " may have " + MAX_SSRCS + " groups but has " + groups.size());
    }
    for (SsrcGroup group : groups) {
      if (!ssrcs.containsAll(group.ssrcs())) {
        throw new IllegalArgumentException(
            "source " + name + " groups " + group.ssrcs() + " but has only " + ssrcs);
      }
    }
  }

  /** The SSRC of the main stream: the only one that receivers without simulcast need. */
  public Ssrc primary() {
    return ssrcs.getFirst();
  }

  /**
   * The SSRC that repeats lost packets of a stream, when there is one (RFC 4588).
   *
   * @param media the stream that is repeated
   */
  public Optional<Ssrc> retransmissionOf(Ssrc media) {
    return groups.stream()
        .filter(group -> group.semantics() == SsrcGroup.Semantics.FID)
        .filter(group -> group.ssrcs().getFirst().equals(media))
        .map(group -> group.ssrcs().getLast())
        .findFirst();
  }
}
