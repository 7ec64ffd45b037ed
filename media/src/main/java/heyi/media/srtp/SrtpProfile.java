package heyi.media.srtp;

import java.util.Optional;
import org.jitsi.srtp.SrtpPolicy;

/**
 * Protection profiles, best first (RFC 5764 §4.1.2, RFC 7714 §14.2).
 *
 * <p>Chromium accepts both; as a server it chooses the CM profile.
 */
public enum SrtpProfile {
  /** SRTP_AEAD_AES_128_GCM. */
  AEAD_AES_128_GCM(0x0007, 12, 16),
  /** SRTP_AES128_CM_HMAC_SHA1_80. */
  AES128_CM_HMAC_SHA1_80(0x0001, 14, 10);

  static final int KEY_BYTES = 16;
  private static final int HMAC_KEY_BYTES = 20;

  private final int code;
  private final int saltBytes;
  private final int tagBytes;

  SrtpProfile(int code, int saltBytes, int tagBytes) {
    this.code = code;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
  }

  /** The number in the use_srtp extension. */
  public int code() {
    return code;
  }

  /** Bytes of one salt. */
  int saltBytes() {
    return saltBytes;
  }

  /** Bytes to export from DTLS: two keys, two salts. */
  public int keyingMaterialBytes() {
    return 2 * (KEY_BYTES + saltBytes);
  }

  /**
   * Finds a profile.
   *
   * @param code the number in the use_srtp extension
   */
  public static Optional<SrtpProfile> ofCode(int code) {
    for (final SrtpProfile profile : values()) {
      if (profile.code == code) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  SrtpPolicy policy() {
    final SrtpPolicy policy =
        this == AEAD_AES_128_GCM
            ? new SrtpPolicy(
                SrtpPolicy.AESGCM_ENCRYPTION,
                KEY_BYTES,
                SrtpPolicy.NULL_AUTHENTICATION,
                0,
                tagBytes,
                saltBytes)
            : new SrtpPolicy(
                SrtpPolicy.AESCM_ENCRYPTION,
                KEY_BYTES,
                SrtpPolicy.HMACSHA1_AUTHENTICATION,
                HMAC_KEY_BYTES,
                tagBytes,
                saltBytes);
    // A lost packet is repeated byte by byte under its old index when there is no RTX stream.
    policy.setSendReplayEnabled(false);
    return policy;
  }
}
