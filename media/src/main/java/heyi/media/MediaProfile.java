package heyi.media;

/**
 * The payload types and header-extension numbers that Heyi gives out everywhere.
 *
 * <p>SDP offers, Colibri2 allocations and endpoints must agree on them; so they stand here once. A
 * client that answers with other numbers is refused.
 */
public final class MediaProfile {
  /** Opus, 48 kHz, two channels (RFC 7587). */
  public static final int OPUS_PAYLOAD_TYPE = 111;

  /** RTP clock of Opus. */
  public static final int OPUS_CLOCK_HZ = 48_000;

  /** VP8 (RFC 7741). */
  public static final int VP8_PAYLOAD_TYPE = 100;

  /** RTP clock of VP8. */
  public static final int VP8_CLOCK_HZ = 90_000;

  /** Retransmissions of VP8 (RFC 4588). */
  public static final int VP8_RTX_PAYLOAD_TYPE = 96;

  /** Loudness of an audio packet (RFC 6464). */
  public static final int AUDIO_LEVEL_EXTENSION = 1;

  /** URI of {@link #AUDIO_LEVEL_EXTENSION}. */
  public static final String AUDIO_LEVEL_URI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

  /** Departure time of a packet, 24 bits, 6.18 fixed point seconds. */
  public static final int ABS_SEND_TIME_EXTENSION = 3;

  /** URI of {@link #ABS_SEND_TIME_EXTENSION}. */
  public static final String ABS_SEND_TIME_URI =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

  /** Transport-wide sequence number, which drives congestion control. */
  public static final int TRANSPORT_CC_EXTENSION = 5;

  /** URI of {@link #TRANSPORT_CC_EXTENSION}. */
  public static final String TRANSPORT_CC_URI =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  private MediaProfile() {}
}
