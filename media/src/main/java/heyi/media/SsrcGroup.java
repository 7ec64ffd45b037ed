package heyi.media;

import java.util.List;

/**
 * Says that several SSRCs belong together (RFC 5576 §4.2).
 *
 * @param semantics how they belong together
 * @param ssrcs in the order that the semantics give
 */
public record SsrcGroup(Semantics semantics, List<Ssrc> ssrcs) {
  private static final int MAX_SSRCS = 8;

  /** How the SSRCs of a group belong together. */
  public enum Semantics {
    /** Flow identification: first the media stream, then its retransmissions (RFC 4588). */
    FID,
    /** Simulcast: the same picture in rising quality. */
    SIM
  }

  /** Checks the number of SSRCs. */
  public SsrcGroup {
    ssrcs = List.copyOf(ssrcs);
    if (ssrcs.size() < 2 || ssrcs.size() > MAX_SSRCS) {
      throw new IllegalArgumentException(
          "a group holds 2 to " + MAX_SSRCS + " ssrcs but has " + ssrcs.size());
    }
    if (semantics == Semantics.FID && ssrcs.size() != 2) {
      throw new IllegalArgumentException("an FID group holds 2 ssrcs but has " + ssrcs.size());
    }
  }
}
