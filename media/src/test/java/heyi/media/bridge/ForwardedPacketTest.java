package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.MediaProfile;
import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpExtensions;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.RtpPacketWriter;
import java.util.Arrays;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ForwardedPacketTest {
  private static final byte[] PAYLOAD = {1, 2, 3, 4, 5};

  @Test
  void ofAudioTheLevelStaysAndTheTransportNumberIsNew() {
    byte[] packet =
        new RtpPacketWriter(MediaProfile.OPUS_PAYLOAD_TYPE, new Ssrc(7))
            .marked(true)
            .extension(MediaProfile.AUDIO_LEVEL_EXTENSION, (byte) 42)
            .extension(MediaProfile.TRANSPORT_CC_EXTENSION, (byte) 1, (byte) 2)
            .extension(10, (byte) '0')
            .write(65_535, 960, PAYLOAD);

    byte[] forwarded = forward(packet);

    RtpHeader header = header(forwarded);
    RtpExtensions.Element level =
        RtpExtensions.find(forwarded, header, MediaProfile.AUDIO_LEVEL_EXTENSION);
    assertThat(forwarded[Objects.requireNonNull(level).offset()]).isEqualTo((byte) 42);
    assertThat(transportNumber(forwarded)).isZero();
    assertThat(RtpExtensions.find(forwarded, header, 10)).isNull();
    assertThat(header.marker()).isTrue();
    assertThat(header.sequenceNumber()).isEqualTo(65_535);
    assertThat(header.timestamp()).isEqualTo(960);
    assertThat(payload(forwarded, header)).isEqualTo(PAYLOAD);
  }

  @Test
  void videoKeepsNoExtensionAndHasRoomForATransportNumber() {
    byte[] packet =
        new RtpPacketWriter(MediaProfile.VP8_PAYLOAD_TYPE, new Ssrc(7))
            .extension(MediaProfile.ABS_SEND_TIME_EXTENSION, (byte) 1, (byte) 2, (byte) 3)
            .write(1, 3000, PAYLOAD);

    byte[] forwarded = forward(packet);

    assertThat(forwarded).hasSize(RtpHeader.FIXED_SIZE_BYTES + 8 + PAYLOAD.length);
    assertThat(transportNumber(forwarded)).isZero();
    assertThat(payload(forwarded, header(forwarded))).isEqualTo(PAYLOAD);
  }

  @Property(tries = 2000)
  void whateverIsAPacketStaysOne(@ForAll @Size(min = 12, max = 60) byte[] bytes) {
    bytes[0] = (byte) (0x80 | bytes[0] & 0x3F);
    RtpHeader before = RtpHeader.parse(bytes, 0, bytes.length);
    if (before == null) {
      return;
    }

    RtpHeader after = header(ForwardedPacket.of(bytes, 0, before));

    assertThat(after.ssrc()).isEqualTo(before.ssrc());
    assertThat(after.sequenceNumber()).isEqualTo(before.sequenceNumber());
    assertThat(after.payloadLength()).isEqualTo(before.payloadLength());
    assertThat(after.paddingLength()).isEqualTo(before.paddingLength());
  }

  private static int transportNumber(byte[] packet) {
    RtpExtensions.Element number =
        RtpExtensions.find(packet, header(packet), MediaProfile.TRANSPORT_CC_EXTENSION);
    assertThat(number).isNotNull().extracting(RtpExtensions.Element::length).isEqualTo(2);
    return Bits.u16(packet, Objects.requireNonNull(number).offset());
  }

  private static byte[] forward(byte[] packet) {
    return ForwardedPacket.of(packet, 0, header(packet));
  }

  private static RtpHeader header(byte[] packet) {
    return Objects.requireNonNull(RtpHeader.parse(packet, 0, packet.length));
  }

  private static byte[] payload(byte[] packet, RtpHeader header) {
    return Arrays.copyOfRange(
        packet, header.payloadOffset(), header.payloadOffset() + header.payloadLength());
  }
}
