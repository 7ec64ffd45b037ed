package heyi.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import heyi.media.Ssrc;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RtcpCompoundTest {
  private static final Ssrc SENDER = new Ssrc(0xCAFEBABEL);
  private static final Ssrc MEDIA = new Ssrc(0x0102_0304L);

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static List<RtcpPacket> parse(byte[] all) {
    return RtcpCompound.parse(all, 0, all.length);
  }

  private static void assertWire(RtcpPacket packet, String hex) {
    assertThat(RtcpCompound.write(List.of(packet))).isEqualTo(bytes(hex));
    assertThat(parse(bytes(hex))).containsExactly(packet);
  }

  @Test
  @DisplayName("RFC 3550 §6.4.1: sender report with a report block, negative loss")
  void senderReport() {
    assertWire(
        new RtcpSenderReport(
            SENDER,
            new NtpTimestamp(0x83AA_7E80_8000_0000L),
            90_000,
            7,
            1000,
            List.of(new RtcpReportBlock(MEDIA, 64, -2, 0x1_0005, 9, 0x7E80_8000L, 65_536))),
        "81c8000c cafebabe 83aa7e80 80000000 00015f90 00000007 000003e8"
            + "01020304 40fffffe 00010005 00000009 7e808000 00010000");
  }

  @Test
  @DisplayName("RFC 3550 §6.4.2: empty receiver report")
  void receiverReport() {
    assertWire(new RtcpReceiverReport(SENDER, List.of()), "80c90001 cafebabe");
  }

  @Test
  @DisplayName("RFC 3550 §6.5: CNAME, padded to words")
  void sourceDescription() {
    assertWire(
        new RtcpSourceDescription(List.of(new RtcpSourceDescription.Chunk(SENDER, "heyi"))),
        "81ca0003 cafebabe 0104 68657969 0000");
  }

  @Test
  @DisplayName("RFC 3550 §6.6: goodbye")
  void goodbye() {
    assertWire(new RtcpGoodbye(List.of(SENDER)), "81cb0001 cafebabe");
  }

  @Test
  @DisplayName("RFC 4585 §6.3.1: PLI")
  void pictureLossIndication() {
    assertWire(new RtcpPictureLossIndication(SENDER, MEDIA), "81ce0002 cafebabe 01020304");
  }

  @Test
  @DisplayName("RFC 5104 §4.3.1: FIR")
  void fullIntraRequest() {
    assertWire(
        new RtcpFullIntraRequest(SENDER, List.of(new RtcpFullIntraRequest.Entry(MEDIA, 5))),
        "84ce0004 cafebabe 00000000 01020304 05000000");
  }

  @Test
  @DisplayName("RFC 4585 §6.2.1: NACK over the wrap-around and beyond the bit mask")
  void nack() {
    assertWire(
        new RtcpNack(SENDER, MEDIA, List.of(65_535, 0, 2, 15, 17)),
        "81cd0004 cafebabe 01020304 ffff8005 00110000");
  }

  @Test
  @DisplayName("draft-alvestrand-rmcat-remb §2.2")
  void maximumBitrate() {
    assertWire(
        new RtcpMaximumBitrate(SENDER, 1_000_000, List.of(MEDIA)),
        "8fce0005 cafebabe 00000000 52454d42 010bd090 01020304");
  }

  @Test
  @DisplayName("draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1: two-bit vectors")
  void transportFeedback() {
    assertWire(
        new RtcpTransportFeedback(
            SENDER, MEDIA, 0x1000, -1, 3, List.of(0, RtcpTransportFeedback.LOST, 255, 256, -4)),
        "8fcd0006 cafebabe 01020304 10000005 ffffff03 d1a0 00 ff 0100 fffc");
  }

  @Test
  @DisplayName("draft-holmer…-01 §3.1.3 and §3.1.4: run length and one-bit vectors are read")
  void otherChunks() {
    byte[] all = bytes("8fcd0007 cafebabe 01020304 00010008 00000100 2003 b400 01020304 05060000");

    RtcpTransportFeedback feedback = (RtcpTransportFeedback) parse(all).getFirst();

    assertThat(feedback.deltas())
        .containsExactly(1, 2, 3, 4, 5, RtcpTransportFeedback.LOST, 6, RtcpTransportFeedback.LOST);
  }

  @Test
  void oneBrokenPacketSpoilsTheCompound() {
    byte[] all = bytes("80c90001 cafebabe 81ce0005 cafebabe 01020304");

    assertThat(parse(all)).isEmpty();
  }

  @Test
  void aKindThatIsNotKnownIsPassedOver() {
    assertThat(parse(bytes("80cc0002 cafebabe 00000000 80c90001 cafebabe")))
        .containsExactly(new RtcpUnknown(204, 0), new RtcpReceiverReport(SENDER, List.of()));
  }

  @Test
  void tooManyPacketsAreRefused() {
    byte[] all = bytes("80c90001cafebabe".repeat(RtcpCompound.MAX_PACKETS + 1));

    assertThat(parse(all)).isEmpty();
  }

  @Property
  void nacksComeBack(@ForAll @Size(max = 40) List<@IntRange(max = 65_535) Integer> lost) {
    byte[] wire = RtcpCompound.write(List.of(new RtcpNack(SENDER, MEDIA, lost)));

    RtcpNack read = (RtcpNack) parse(wire).getFirst();

    assertThat(read.lost()).containsAll(lost);
    assertThat(read.lost()).allMatch(lost::contains);
  }

  @Property
  void bitratesComeBackWith18Bits(@ForAll @LongRange(max = 1L << 44) long bitrate) {
    byte[] wire = RtcpCompound.write(List.of(new RtcpMaximumBitrate(SENDER, bitrate, List.of())));

    RtcpMaximumBitrate read = (RtcpMaximumBitrate) parse(wire).getFirst();

    assertThat(read.bitsPerSecond()).isLessThanOrEqualTo(bitrate);
    assertThat(bitrate - read.bitsPerSecond()).isLessThanOrEqualTo(bitrate >> 17);
  }

  @Property
  void transportFeedbackComesBack(
      @ForAll @IntRange(max = 65_535) int base,
      @ForAll @IntRange(min = -0x80_0000, max = 0x7F_FFFF) int reference,
      @ForAll("deltas") List<Integer> deltas) {
    RtcpTransportFeedback feedback =
        new RtcpTransportFeedback(SENDER, MEDIA, base, reference, 200, deltas);

    assertThat(parse(RtcpCompound.write(List.of(feedback)))).containsExactly(feedback);
  }

  @Provide
  Arbitrary<List<Integer>> deltas() {
    return Arbitraries.oneOf(
            Arbitraries.just(RtcpTransportFeedback.LOST),
            Arbitraries.integers().between(Short.MIN_VALUE, Short.MAX_VALUE))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property
  void hostileBytesNeverThrow(
      @ForAll @Size(min = 4, max = 120) byte[] all,
      @ForAll @IntRange(min = 199, max = 207) int type,
      @ForAll @IntRange(max = 63) int countAndPadding) {
    all[0] = (byte) (0x80 | countAndPadding);
    all[1] = (byte) type;
    all[2] = 0;
    all[3] = (byte) (all.length / 4 - 1);

    assertThatCode(() -> RtcpCompound.parse(all, 0, all.length / 4 * 4)).doesNotThrowAnyException();
    assertThatCode(() -> parse(all)).doesNotThrowAnyException();
  }
}
