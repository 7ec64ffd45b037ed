package heyi.media.endpoint;

/**
 * Payload types and header extension ids that both sides agreed on. Payload types are 0 to 127,
 * extension ids 1 to 14 (RFC 8285 one-byte form), 0 means "not negotiated".
 *
 * @param opus payload type of Opus
 * @param vp8 payload type of VP8
 * @param vp8Rtx payload type of VP8's retransmissions (RFC 4588)
 * @param audioLevelId extension id of RFC 6464
 * @param absSendTimeId extension id of abs-send-time
 * @param transportCcId extension id of the transport-wide sequence number
 */
public record RtpParameters(
    int opus, int vp8, int vp8Rtx, int audioLevelId, int absSendTimeId, int transportCcId) {
  private static final int MAX_PAYLOAD_TYPE = 127;
  private static final int MAX_EXTENSION_ID = 14;

  /** What Heyi offers everywhere. */
  public static final RtpParameters DEFAULT = new RtpParameters(111, 100, 96, 1, 3, 5);

  /** Checks the ranges. */
  public RtpParameters {
    requirePayloadType(opus);
    requirePayloadType(vp8);
    requirePayloadType(vp8Rtx);
    requireExtensionId(audioLevelId);
    requireExtensionId(absSendTimeId);
    requireExtensionId(transportCcId);
  }

  private static void requirePayloadType(int value) {
    if (value < 0 || value > MAX_PAYLOAD_TYPE) {
      throw new IllegalArgumentException("payload type must be 0 to 127 but is " + value);
    }
  }

  private static void requireExtensionId(int value) {
    if (value < 0 || value > MAX_EXTENSION_ID) {
      throw new IllegalArgumentException("extension id must be 0 to 14 but is " + value);
    }
  }
}
