package heyi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.Ssrc;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** RFC 4588 §4. */
class RtpRetransmissionTest {
  private static final Ssrc MEDIA = new Ssrc(11);
  private static final Ssrc REPEATED = new Ssrc(12);

  private static RtpHeader parse(byte[] packet) {
    return Objects.requireNonNull(RtpHeader.parse(packet, 0, packet.length));
  }

  @Property
  void whatIsWrappedComesBack(
      @ForAll @IntRange(max = 65_535) int sequenceNumber,
      @ForAll boolean marker,
      @ForAll @Size(max = 50) byte[] payload) {
    byte[] original =
        new RtpPacketWriter(100, MEDIA)
            .marked(marker)
            .extension(5, (byte) 1, (byte) 2)
            .write(sequenceNumber, 9000, payload);

    byte[] wrapped = RtpRetransmission.wrap(original, parse(original), REPEATED, 96, 7);

    assertThat(parse(wrapped).ssrc()).isEqualTo(REPEATED);
    assertThat(parse(wrapped).payloadType()).isEqualTo(96);
    assertThat(parse(wrapped).sequenceNumber()).isEqualTo(7);
    assertThat(RtpRetransmission.unwrap(wrapped, 0, parse(wrapped), MEDIA, 100))
        .isEqualTo(original);
  }

  @Test
  void paddingThatProbesTheBandwidthCarriesNoOriginal() {
    byte[] probe = new RtpPacketWriter(96, REPEATED).write(1, 0, new byte[0]);

    assertThat(RtpRetransmission.unwrap(probe, 0, parse(probe), MEDIA, 100)).isNull();
  }
}
