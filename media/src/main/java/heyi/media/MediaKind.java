package heyi.media;

import java.util.Locale;

/** What a source carries. */
public enum MediaKind {
  /** Opus. */
  AUDIO,
  /** VP8. */
  VIDEO;

  /** The word of SDP and Colibri2: {@code audio} or {@code video}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
