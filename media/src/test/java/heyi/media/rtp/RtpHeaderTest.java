package heyi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import heyi.media.Ssrc;
import java.util.HexFormat;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** RFC 3550 §5.1, RFC 8285 §4. */
class RtpHeaderTest {
  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static RtpHeader parse(byte[] packet) {
    return Objects.requireNonNull(RtpHeader.parse(packet, 0, packet.length));
  }

  @Test
  void aPlainHeaderIsRead() {
    RtpHeader header = parse(bytes("80 e4 1234 00000bb8 deadbeef aabbcc"));

    assertThat(header.marker()).isTrue();
    assertThat(header.payloadType()).isEqualTo(100);
    assertThat(header.sequenceNumber()).isEqualTo(0x1234);
    assertThat(header.timestamp()).isEqualTo(3000);
    assertThat(header.ssrc()).isEqualTo(new Ssrc(0xDEADBEEFL));
    assertThat(header.payloadOffset()).isEqualTo(12);
    assertThat(header.payloadLength()).isEqualTo(3);
  }

  @Test
  void contributorsExtensionsAndPaddingAreSkipped() {
    RtpHeader header =
        parse(
            bytes(
                "b1 6f 0001 00000002 00000003 00000009 bede0002 10ff 510203 000000"
                    + " aabb 000003"));

    assertThat(header.extensionProfile()).isEqualTo(RtpExtensions.ONE_BYTE_PROFILE);
    assertThat(header.payloadLength()).isEqualTo(2);
    assertThat(header.paddingLength()).isEqualTo(3);
  }

  @Test
  void elementsOfTheOneByteFormAreFound() {
    byte[] packet = bytes("90 6f 0001 00000002 00000003 bede0002 10ff 510203 000000 aabb");

    RtpExtensions.Element element = RtpExtensions.find(packet, parse(packet), 5);

    assertThat(element).isEqualTo(new RtpExtensions.Element(19, 2));
    assertThat(RtpExtensions.find(packet, parse(packet), 4)).isNull();
    assertThat(RtpExtensions.find(packet, parse(packet), 0)).isNull();
  }

  @Test
  void elementsOfTheTwoByteFormAreFound() {
    byte[] packet = bytes("90 6f 0001 00000002 00000003 10000002 0101ff 05020304 00 aabb");

    assertThat(RtpExtensions.find(packet, parse(packet), 5))
        .isEqualTo(new RtpExtensions.Element(21, 2));
  }

  @Test
  void packetsThatPromiseMoreThanTheyHoldAreRefused() {
    assertThat(RtpHeader.parse(bytes("806f0001000000020000"), 0, 10)).isNull();
    assertThat(RtpHeader.parse(bytes("8f6f00010000000200000003"), 0, 12)).isNull();
    assertThat(RtpHeader.parse(bytes("906f00010000000200000003bede00ff"), 0, 16)).isNull();
    assertThat(RtpHeader.parse(bytes("a06f0001000000020000000310"), 0, 13)).isNull();
    assertThat(RtpHeader.parse(bytes("406f00010000000200000003"), 0, 12)).isNull();
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll boolean marker,
      @ForAll @IntRange(max = 127) int payloadType,
      @ForAll @IntRange(max = 65_535) int sequenceNumber,
      @ForAll @LongRange(max = 0xFFFF_FFFFL) long timestamp,
      @ForAll @LongRange(max = 0xFFFF_FFFFL) long ssrc,
      @ForAll @IntRange(min = 1, max = 14) int id,
      @ForAll @Size(min = 1, max = 16) byte[] element,
      @ForAll @Size(max = 64) byte[] payload) {
    byte[] packet =
        new RtpPacketWriter(payloadType, new Ssrc(ssrc))
            .marked(marker)
            .extension(id, element)
            .write(sequenceNumber, timestamp, payload);

    RtpHeader header = parse(packet);

    assertThat(header.marker()).isEqualTo(marker);
    assertThat(header.payloadType()).isEqualTo(payloadType);
    assertThat(header.sequenceNumber()).isEqualTo(sequenceNumber);
    assertThat(header.timestamp()).isEqualTo(timestamp);
    assertThat(header.ssrc().value()).isEqualTo(ssrc);
    assertThat(header.payloadLength()).isEqualTo(payload.length);
    RtpExtensions.Element found = Objects.requireNonNull(RtpExtensions.find(packet, header, id));
    assertThat(found.length()).isEqualTo(element.length);
  }

  @Property
  void hostileBytesNeverThrow(@ForAll @Size(max = 80) byte[] bytes, @ForAll boolean version2) {
    if (version2 && bytes.length > 0) {
      bytes[0] = (byte) (bytes[0] & 0x3F | 0x80);
    }
    assertThatCode(
            () -> {
              RtpHeader header = RtpHeader.parse(bytes, 0, bytes.length);
              if (header != null) {
                RtpExtensions.find(bytes, header, 5);
                Vp8Payload.beginsKeyframe(bytes, header.payloadOffset(), header.payloadLength());
                RtpRetransmission.unwrap(bytes, 0, header, new Ssrc(1), 100);
              }
            })
        .doesNotThrowAnyException();
  }
}
