package heyi.media.srtp;

import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpHeader;
import org.jitsi.srtp.crypto.Aes;

/** Runs both profiles often enough for the compiler; some hundred milliseconds. */
public final class SrtpWarmUp {
  private static final int ROUNDS = 1500;
  private static final int PACKET_BYTES = 1200;

  static {
    // Else jitsi-srtp measures all providers at the first packet, on the receive thread. The JDK's
    // cipher was as fast as OpenSSL through JNI within the noise and needs no native library.
    Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
  }

  private SrtpWarmUp() {}

  /** Fixes the cipher implementation, without running anything. */
  static void prepare() {
    // The static initialiser has done it.
  }

  /** Encrypts and decrypts; blocks. */
  public static void run() {
    for (final SrtpProfile profile : SrtpProfile.values()) {
      final byte[] material = new byte[profile.keyingMaterialBytes()];
      final SrtpSession client = new SrtpSession(SrtpKeys.ofClient(profile, material));
      final SrtpSession server = new SrtpSession(SrtpKeys.ofServer(profile, material));
      final PacketBuffer packet = new PacketBuffer();
      for (int n = 0; n < ROUNDS; n++) {
        final byte[] bytes = new byte[PACKET_BYTES + PacketBuffer.MAX_GROWTH_BYTES];
        bytes[0] = (byte) 0x80;
        Bits.put16(bytes, RtpHeader.SEQUENCE_NUMBER_OFFSET, n);
        client.protectRtp(packet.wrap(bytes, 0, PACKET_BYTES));
        server.unprotectRtp(packet);
      }
    }
  }
}
