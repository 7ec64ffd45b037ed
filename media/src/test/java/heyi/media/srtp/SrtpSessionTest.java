package heyi.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.Ssrc;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.RtcpReceiverReport;
import heyi.media.rtp.RtpPacketWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("RFC 3711, RFC 7714")
class SrtpSessionTest {
  private static byte[] packet(int sequenceNumber) {
    return new RtpPacketWriter(100, new Ssrc(9))
        .extension(5, (byte) 0, (byte) 1)
        .write(sequenceNumber, 3000, new byte[] {1, 2, 3, 4, 5});
  }

  private static SrtpSession session(SrtpProfile profile, boolean client) {
    byte[] material = new byte[profile.keyingMaterialBytes()];
    for (int i = 0; i < material.length; i++) {
      material[i] = (byte) i;
    }
    return new SrtpSession(
        client ? SrtpKeys.ofClient(profile, material) : SrtpKeys.ofServer(profile, material));
  }

  private static PacketBuffer roomy(byte[] packet) {
    return new PacketBuffer()
        .wrap(
            Arrays.copyOf(packet, packet.length + PacketBuffer.MAX_GROWTH_BYTES), 0, packet.length);
  }

  private static byte[] content(PacketBuffer packet) {
    return Arrays.copyOfRange(
        packet.getBuffer(), packet.getOffset(), packet.getOffset() + packet.getLength());
  }

  @ParameterizedTest
  @EnumSource
  void whatOneSideEncryptsTheOtherReads(SrtpProfile profile) {
    SrtpSession client = session(profile, true);
    SrtpSession server = session(profile, false);
    PacketBuffer wire = roomy(packet(1));

    assertThat(client.protectRtp(wire)).isEqualTo(SrtpOutcome.OK);
    assertThat(content(wire)).isNotEqualTo(packet(1));
    assertThat(server.unprotectRtp(wire)).isEqualTo(SrtpOutcome.OK);
    assertThat(content(wire)).isEqualTo(packet(1));
  }

  @ParameterizedTest
  @EnumSource
  void controlPacketsGoBothWays(SrtpProfile profile) {
    SrtpSession client = session(profile, true);
    SrtpSession server = session(profile, false);
    byte[] report = RtcpCompound.write(List.of(new RtcpReceiverReport(new Ssrc(1), List.of())));
    PacketBuffer wire = roomy(report);

    assertThat(server.protectRtcp(wire)).isEqualTo(SrtpOutcome.OK);
    assertThat(client.unprotectRtcp(wire)).isEqualTo(SrtpOutcome.OK);
    assertThat(content(wire)).isEqualTo(report);
  }

  @ParameterizedTest
  @EnumSource
  void aPacketIsReadOnce(SrtpProfile profile) {
    SrtpSession client = session(profile, true);
    SrtpSession server = session(profile, false);
    PacketBuffer wire = roomy(packet(1));
    client.protectRtp(wire);
    byte[] sent = content(wire);
    server.unprotectRtp(wire);

    assertThat(server.unprotectRtp(roomy(sent))).isEqualTo(SrtpOutcome.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource
  void aRepeatedPacketIsTheSameOnTheWire(SrtpProfile profile) {
    SrtpSession client = session(profile, true);
    PacketBuffer first = roomy(packet(1));
    client.protectRtp(first);
    client.protectRtp(roomy(packet(2)));
    PacketBuffer again = roomy(packet(1));

    assertThat(client.protectRtp(again)).isEqualTo(SrtpOutcome.OK);
    assertThat(content(again)).isEqualTo(content(first));
  }

  @ParameterizedTest
  @EnumSource
  void forgedSsrcsLeaveNoTrace(SrtpProfile profile) {
    SrtpSession server = session(profile, false);
    for (int ssrc = 0; ssrc < 1000; ssrc++) {
      byte[] forged = new RtpPacketWriter(100, new Ssrc(ssrc)).write(1, 1, new byte[60]);
      assertThat(server.unprotectRtp(roomy(forged))).isNotEqualTo(SrtpOutcome.OK);
      byte[] report =
          RtcpCompound.write(
              List.of(
                  new RtcpReceiverReport(new Ssrc(ssrc), List.of()),
                  new RtcpReceiverReport(new Ssrc(ssrc), List.of()),
                  new RtcpReceiverReport(new Ssrc(ssrc), List.of())));
      assertThat(server.unprotectRtcp(roomy(report))).isNotEqualTo(SrtpOutcome.OK);
    }

    assertThat(server.receiveContextCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void theSendersSsrcsAreBounded(SrtpProfile profile) {
    SrtpSession client = session(profile, true);
    SrtpSession server = session(profile, false);
    for (int ssrc = 0; ssrc < 3 * SrtpSession.MAX_CONTEXTS; ssrc++) {
      PacketBuffer wire = roomy(new RtpPacketWriter(100, new Ssrc(ssrc)).write(1, 1, new byte[9]));
      client.protectRtp(wire);
      assertThat(server.unprotectRtp(wire)).isEqualTo(SrtpOutcome.OK);
    }

    assertThat(server.receiveContextCount()).isEqualTo(SrtpSession.MAX_CONTEXTS);
  }

  @ParameterizedTest
  @EnumSource
  void shortAndBrokenPacketsAreRefused(SrtpProfile profile) {
    SrtpSession server = session(profile, false);
    for (int length = 12; length < 30; length++) {
      byte[] broken = new byte[length];
      broken[0] = (byte) 0x9F;
      assertThat(server.unprotectRtp(roomy(broken))).isNotEqualTo(SrtpOutcome.OK);
      assertThat(server.unprotectRtcp(roomy(broken))).isNotEqualTo(SrtpOutcome.OK);
    }
  }
}
