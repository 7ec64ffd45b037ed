package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.Ssrc;
import heyi.media.dtls.DtlsFingerprint;
import heyi.media.dtls.DtlsSetup;
import heyi.media.ice.TransportDescription;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.RtcpReceiverReport;
import heyi.media.rtcp.RtcpTransportFeedback;
import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.RtpPacketWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WebRtcEndpointTest {
  private static int sequenceNumber(byte[] packet) {
    return Bits.u16(packet, RtpHeader.SEQUENCE_NUMBER_OFFSET);
  }

  /** Receives until {@code count} packets came; in the order of arrival. */
  private static Set<Integer> receive(Call.Side side, int count) throws InterruptedException {
    Set<Integer> numbers = new TreeSet<>();
    while (numbers.size() < count) {
      byte[] packet = side.nextRtp();
      assertThat(Bits.u32(packet, 8)).isEqualTo(Call.VIDEO.value());
      assertThat(packet[1] & 0x7F).isEqualTo(RtpParameters.DEFAULT.vp8());
      assertThat(numbers.add(sequenceNumber(packet))).as("each packet comes once").isTrue();
    }
    return numbers;
  }

  @Nested
  class Connecting {
    @ParameterizedTest
    @CsvSource({"ACTPASS,ACTIVE", "ACTPASS,PASSIVE", "ACTIVE,PASSIVE", "PASSIVE,ACTIVE"})
    void rtpFlowsBothWaysInBothDtlsRoles(DtlsSetup offerer, DtlsSetup answerer) throws Exception {
      try (Call call = Call.prepare(offerer, answerer)) {
        call.offerer.endpoint.expect(List.of(Call.CAMERA));
        call.answerer.endpoint.expect(List.of(Call.MICROPHONE));
        call.connect();

        byte[] audio =
            new RtpPacketWriter(111, Call.MICROPHONE.primary()).write(5, 960, new byte[] {1, 2});
        call.offerer.send(audio);
        call.answerer.send(Call.video(7));

        assertThat(call.answerer.nextRtp()).isEqualTo(audio);
        assertThat(sequenceNumber(call.offerer.nextRtp())).isEqualTo(7);
        assertThat(call.offerer.endpoint.statistics().packetsReceived()).isEqualTo(1);
        assertThat(call.answerer.endpoint.statistics().connected()).isTrue();
      }
    }

    @Test
    @DisplayName("RFC 8122: a certificate that was not signalled is refused")
    void anotherCertificateIsRefused() throws Exception {
      try (Call call = Call.prepare(DtlsSetup.ACTPASS, DtlsSetup.ACTIVE)) {
        TransportDescription real = call.answerer.endpoint.localTransport();
        TransportDescription forged =
            new TransportDescription(
                real.ufrag(),
                real.password(),
                new DtlsFingerprint("sha-256", "00:".repeat(31) + "00"),
                real.setup(),
                List.of(),
                List.of());
        call.offerer.endpoint.connect(forged);
        call.answerer.endpoint.connect(call.offerer.endpoint.localTransport());

        assertThat(call.offerer.awaitClosed()).isEqualTo(CloseReason.FINGERPRINT_MISMATCH);
        assertThat(call.answerer.awaitClosed()).isNotEqualTo(CloseReason.CLOSED_BY_OWNER);
        assertThat(call.offerer.connected).isNotDone();
        assertThat(call.answerer.connected).isNotDone();
      }
    }

    @Test
    void rolesThatDoNotFitAreRefused() throws Exception {
      try (Call call = Call.prepare(DtlsSetup.ACTIVE, DtlsSetup.ACTIVE)) {
        TransportDescription other = call.answerer.endpoint.localTransport();

        assertThatThrownBy(() -> call.offerer.endpoint.connect(other))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("ACTIVE");
      }
    }

    @Test
    void nothingIsSentBeforeTheKeysAreAgreed() throws Exception {
      try (Call call = Call.prepare(DtlsSetup.ACTPASS, DtlsSetup.ACTIVE)) {
        call.answerer.send(Call.video(1));

        assertThat(call.answerer.endpoint.statistics().dropped())
            .containsEntry(DropReason.NOT_CONNECTED, 1L);
      }
    }

    @Test
    void aPeerThatNeverComesIsGivenUp() throws Exception {
      try (Call call = Call.prepare(DtlsSetup.ACTPASS, DtlsSetup.ACTIVE)) {
        call.offerer.endpoint.connect(
            Call.withoutCandidates(call.answerer.endpoint.localTransport()));
        call.offerer.clockOffsetNanos.set(WebRtcEndpoint.CONNECT_LIMIT.plusSeconds(1).toNanos());

        assertThat(call.offerer.awaitClosed()).isEqualTo(CloseReason.ICE_FAILED);
      }
    }
  }

  @Nested
  class Losing {
    private static final int MANY = 300;

    /** The replay window of SRTP is 64: what comes later than that in a burst is too old. */
    private static final int FEW = 40;

    /** Loses each tenth packet of the stream, but never one that is repeated. */
    private static DatagramGate losing(Ssrc ssrc) {
      Set<Integer> lost = ConcurrentHashMap.newKeySet();
      return (direction, buffer, offset, length) -> {
        if (direction == DatagramGate.Direction.IN
            || Bits.u32(buffer, offset + 8) != ssrc.value()
            || (buffer[offset + 1] & 0x7F) != RtpParameters.DEFAULT.vp8()) {
          return true;
        }
        int number = Bits.u16(buffer, offset + RtpHeader.SEQUENCE_NUMBER_OFFSET);
        return number % 10 != 5 || !lost.add(number);
      };
    }

    private void assertAllArrive(Call call, int packets) throws InterruptedException {
      call.answerer.gate = losing(Call.VIDEO);
      for (int n = 1; n <= packets; n++) {
        call.answerer.send(Call.video(n));
      }
      assertThat(receive(call.offerer, packets)).contains(1, 5, 35, packets);
      EndpointStatistics received = call.offerer.endpoint.statistics();
      assertThat(received.packetsMissed()).isEqualTo(packets / 10);
      assertThat(received.packetsRecovered()).isEqualTo(packets / 10);
      assertThat(call.answerer.endpoint.statistics().nacksReceived())
          .isGreaterThanOrEqualTo(packets / 10);
    }

    @Test
    @DisplayName("RFC 4588: lost packets come back on the retransmission stream")
    void retransmissionStreamRecovers() throws Exception {
      try (Call call = Call.connected()) {
        call.offerer.endpoint.expect(List.of(Call.CAMERA));
        call.answerer.endpoint.announce(List.of(Call.CAMERA));

        assertAllArrive(call, MANY);
      }
    }

    @Test
    void withoutRetransmissionStreamTheyComeAsTheyWere() throws Exception {
      try (Call call = Call.connected()) {
        call.offerer.endpoint.expect(List.of(Call.CAMERA_WITHOUT_RTX));
        call.answerer.endpoint.announce(List.of(Call.CAMERA_WITHOUT_RTX));

        assertAllArrive(call, FEW);
      }
    }

    @Test
    void aHoleBeyondRepairAsksForAKeyframe() throws Exception {
      try (Call call = Call.connected()) {
        call.offerer.endpoint.expect(List.of(Call.CAMERA));
        call.answerer.endpoint.announce(List.of(Call.CAMERA));
        call.answerer.send(Call.video(1));
        receive(call.offerer, 1);
        assertThat(call.answerer.nextKeyframe()).as("first packet").isEqualTo(Call.VIDEO);

        call.answerer.send(Call.video(1 + 2 * LossTracker.MAX_MISSING));

        assertThat(call.answerer.nextKeyframe()).isEqualTo(Call.VIDEO);
        assertThat(call.offerer.endpoint.statistics().nacksSent()).isZero();
      }
    }
  }

  @Nested
  class Reporting {
    @Test
    void theSenderLearnsWhatArrived() throws Exception {
      try (Call call = Call.connected()) {
        call.offerer.endpoint.expect(List.of(Call.CAMERA));
        for (int n = 1; n <= 20; n++) {
          call.answerer.send(Call.video(n));
        }
        int acknowledged = 0;
        boolean reported = false;
        while (acknowledged < 20 || !reported) {
          byte[] compound = call.answerer.nextRtcp();
          for (var packet : RtcpCompound.parse(compound, 0, compound.length)) {
            if (packet instanceof RtcpTransportFeedback feedback) {
              acknowledged +=
                  (int)
                      feedback.deltas().stream()
                          .filter(delta -> delta != RtcpTransportFeedback.LOST)
                          .count();
            } else if (packet instanceof RtcpReceiverReport report) {
              reported = report.blocks().getFirst().ssrc().equals(Call.VIDEO);
            }
          }
        }
        assertThat(acknowledged).isEqualTo(20);
      }
    }

    @Test
    void aWishForAKeyframeReachesTheSenderOnce() throws Exception {
      try (Call call = Call.connected()) {
        call.offerer.endpoint.expect(List.of(Call.CAMERA));
        call.answerer.endpoint.announce(List.of(Call.CAMERA));
        for (int n = 0; n < 10; n++) {
          call.offerer.endpoint.requestKeyframe(Call.VIDEO);
        }

        assertThat(call.answerer.nextKeyframe()).isEqualTo(Call.VIDEO);
        assertThat(call.offerer.endpoint.statistics().keyframesRequested()).isEqualTo(1);
      }
    }
  }

  @Nested
  class Attacks {
    @Test
    void packetsOfSsrcsThatNobodySignalledAreDropped() throws Exception {
      try (Call call = Call.connected()) {
        call.offerer.endpoint.expect(List.of(Call.CAMERA));
        for (int ssrc = 0; ssrc < 500; ssrc++) {
          call.answerer.send(new RtpPacketWriter(100, new Ssrc(ssrc)).write(1, 1, new byte[9]));
        }
        call.answerer.send(Call.video(1));

        assertThat(receive(call.offerer, 1)).containsExactly(1);
        assertThat(call.offerer.endpoint.statistics().dropped())
            .containsKey(DropReason.UNEXPECTED_SSRC);
        assertThat(call.offerer.endpoint.statistics().packetsReceived()).isEqualTo(1);
      }
    }

    @Test
    void aNumberSentBeforeIsNeverEncryptedAgain() throws Exception {
      try (Call call = Call.connected()) {
        call.answerer.send(Call.video(1));
        call.answerer.send(Call.video(1));

        assertThat(call.answerer.endpoint.statistics().packetsSent()).isEqualTo(1);
        assertThat(call.answerer.endpoint.statistics().dropped())
            .containsEntry(DropReason.DUPLICATE, 1L);
      }
    }

    @Test
    void brokenPacketsOfTheOwnerAreDroppedToo() throws Exception {
      try (Call call = Call.connected()) {
        call.answerer.send(new byte[5]);
        call.answerer.send(new byte[3000]);

        assertThat(call.answerer.endpoint.statistics().dropped())
            .containsEntry(DropReason.MALFORMED, 2L);
      }
    }
  }

  @Nested
  class Ending {
    @Test
    void aGoodbyeReachesThePeer() throws Exception {
      try (Call call = Call.connected()) {
        call.answerer.endpoint.close();

        assertThat(call.answerer.awaitClosed()).isEqualTo(CloseReason.CLOSED_BY_OWNER);
        assertThat(call.offerer.awaitClosed()).isEqualTo(CloseReason.CLOSED_BY_PEER);
      }
    }

    @Test
    @DisplayName("RFC 7675 §5.1: no consent for 30 s ends the endpoint")
    void consentExpires() throws Exception {
      try (Call call = Call.connected()) {
        call.offerer.clockOffsetNanos.set(WebRtcEndpoint.CONSENT_LIMIT.plusSeconds(1).toNanos());

        assertThat(call.offerer.awaitClosed()).isEqualTo(CloseReason.CONSENT_EXPIRED);
      }
    }

    @Test
    void closingTwiceIsOnce() throws Exception {
      try (Call call = Call.connected()) {
        call.offerer.endpoint.close();
        call.offerer.endpoint.close();
        call.offerer.send(Call.video(1));

        assertThat(call.offerer.endpoint.statistics().connected()).isFalse();
        assertThat(call.offerer.endpoint.statistics().packetsSent()).isZero();
      }
    }

    @Test
    void theCertificateIsAnotherForEachEndpoint() throws Exception {
      try (Call call = Call.prepare(DtlsSetup.ACTPASS, DtlsSetup.ACTIVE)) {
        assertThat(call.offerer.endpoint.localTransport().fingerprint())
            .isNotEqualTo(call.answerer.endpoint.localTransport().fingerprint());
      }
    }
  }
}
