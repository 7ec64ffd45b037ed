package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import heyi.media.srtp.PacketBuffer;
import heyi.media.srtp.SrtpKeys;
import heyi.media.srtp.SrtpProfile;
import heyi.media.srtp.SrtpSession;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What may come from the network: bytes of strangers, and bytes of a peer that has the keys. */
class HostilePeerTest {
  private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

  private final EndpointCounters counters = new EndpointCounters();
  private final Receiver receiver = new Receiver(RtpParameters.DEFAULT, new Ssrc(1), counters, 0);
  private final Sender sender =
      new Sender(RtpParameters.DEFAULT, counters, (buffer, offset, length) -> {});
  private final SrtpSession here = session(false);
  private final SrtpSession peer = session(true);
  private final InboundMedia inbound =
      new InboundMedia(
          receiver, sender, counters, (buffer, offset, length, arrivalNanos) -> {}, () -> 1L << 40);

  private static SrtpSession session(boolean client) {
    byte[] material = new byte[PROFILE.keyingMaterialBytes()];
    return new SrtpSession(
        client ? SrtpKeys.ofClient(PROFILE, material) : SrtpKeys.ofServer(PROFILE, material));
  }

  HostilePeerTest() {
    receiver.expect(List.of(Call.CAMERA, Call.MICROPHONE));
    sender.announce(List.of(Call.CAMERA));
  }

  @Property
  void bytesOfStrangersAreDropped(
      @ForAll @Size(min = 2, max = 100) byte[] bytes,
      @ForAll @IntRange(min = 128, max = 191) int first) {
    bytes[0] = (byte) first;

    inbound.take(here, bytes, 0, bytes.length);

    assertThat(here.receiveContextCount()).isZero();
    assertThat(counters.packetsReceived.sum()).isZero();
  }

  @Property
  void packetsOfAPeerWithKeysNeverThrow(
      @ForAll @Size(min = 16, max = 100) byte[] bytes,
      @ForAll boolean repeated,
      @ForAll @IntRange(max = 63) int flags) {
    bytes[0] = (byte) (0x80 | flags);
    bytes[1] = (byte) (bytes[1] & 0xBF & 0x3F);
    Bits.put32(bytes, 8, (repeated ? Call.VIDEO_RTX : Call.VIDEO).value());
    PacketBuffer packet = roomy(bytes);
    try {
      peer.protectRtp(packet);
    } catch (RuntimeException ownHeaderTooBroken) {
      return;
    }

    inbound.take(here, packet.getBuffer(), packet.getOffset(), packet.getLength());
    receiver.takeFeedback(1L << 41);

    assertThat(counters.nacksSent.sum()).isLessThan(1_000_000);
  }

  @Property
  void feedbackOfAPeerWithKeysNeverThrows(
      @ForAll @Size(min = 16, max = 120) byte[] bytes,
      @ForAll @IntRange(min = 199, max = 207) int type,
      @ForAll @IntRange(max = 63) int flags) {
    bytes[0] = (byte) (0x80 | flags);
    bytes[1] = (byte) type;
    Bits.put16(bytes, 2, bytes.length / 4 - 1);
    PacketBuffer packet = roomy(Arrays.copyOf(bytes, bytes.length / 4 * 4));
    peer.protectRtcp(packet);

    inbound.take(here, packet.getBuffer(), packet.getOffset(), packet.getLength());

    assertThat(here.receiveContextCount()).isLessThanOrEqualTo(512);
  }

  private static PacketBuffer roomy(byte[] bytes) {
    return new PacketBuffer()
        .wrap(Arrays.copyOf(bytes, bytes.length + PacketBuffer.MAX_GROWTH_BYTES), 0, bytes.length);
  }
}
