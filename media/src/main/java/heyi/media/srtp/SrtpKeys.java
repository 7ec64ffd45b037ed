package heyi.media.srtp;

import java.util.Arrays;

/**
 * Keys of both directions, as DTLS exports them (RFC 5764 §4.2). A secret: never logged.
 *
 * <pre>
 * client key | server key | client salt | server salt
 * </pre>
 */
public final class SrtpKeys {
  private final SrtpProfile profile;
  private final byte[] material;
  private final boolean client;

  private SrtpKeys(SrtpProfile profile, byte[] material, boolean client) {
    if (material.length != profile.keyingMaterialBytes()) {
      throw new IllegalArgumentException(
          profile + " needs " + profile.keyingMaterialBytes() + " but got " + material.length);
    }
    this.profile = profile;
    this.material = material.clone();
    this.client = client;
  }

  /** Keys of the side that was the DTLS client. */
  public static SrtpKeys ofClient(SrtpProfile profile, byte[] material) {
    return new SrtpKeys(profile, material, true);
  }

  /** Keys of the side that was the DTLS server. */
  public static SrtpKeys ofServer(SrtpProfile profile, byte[] material) {
    return new SrtpKeys(profile, material, false);
  }

  SrtpProfile profile() {
    return profile;
  }

  byte[] sendKey() {
    return key(client ? 0 : 1);
  }

  byte[] receiveKey() {
    return key(client ? 1 : 0);
  }

  byte[] sendSalt() {
    return salt(client ? 0 : 1);
  }

  byte[] receiveSalt() {
    return salt(client ? 1 : 0);
  }

  private byte[] key(int index) {
    final int from = index * SrtpProfile.KEY_BYTES;
    return Arrays.copyOfRange(material, from, from + SrtpProfile.KEY_BYTES);
  }

  private byte[] salt(int index) {
    final int from = 2 * SrtpProfile.KEY_BYTES + index * profile.saltBytes();
    return Arrays.copyOfRange(material, from, from + profile.saltBytes());
  }

  @Override
  public String toString() {
    return "SrtpKeys[" + profile + ", REDACTED]";
  }
}
