package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.dtls.DtlsEnd;
import heyi.media.dtls.DtlsFingerprint;
import heyi.media.dtls.DtlsSession;
import heyi.media.dtls.DtlsSetup;
import heyi.media.srtp.SrtpKeys;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged STUN, DTLS, RTP and RTCP of strangers, at the real port of a running call. */
class HostileDatagramsTest {
  private static final int DATAGRAMS = 1_500;
  private static final int HANDSHAKES = 60;
  private static final int MOST_DAMAGE_BYTES = 8;
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  /** A seed that once found something stays in the list. */
  @ParameterizedTest
  @ValueSource(longs = {1, 20_261_121})
  void aCallGoesOnUnderDamagedDatagramsOfStrangers(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (Call call = Call.connected();
        DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      call.answerer.endpoint.expect(List.of(Call.CAMERA));
      List<byte[]> samples =
          List.of(
              bindingRequest(call.answerer.endpoint.localTransport().ufrag()),
              clientHello(),
              Call.video(7),
              new byte[] {(byte) 0x80, (byte) 200, 0, 6, 0, 0, 0, 33, 1, 2, 3, 4, 5, 6, 7, 8});
      for (int i = 0; i < DATAGRAMS; i++) {
        byte[] damaged = damaged(samples.get(i % samples.size()), random);
        for (InetSocketAddress address : call.answerer.port.addresses()) {
          stranger.send(new DatagramPacket(damaged, damaged.length, address));
        }
        if (i % 50 == 0) {
          call.offerer.send(Call.video(1_000 + i));
          assertThat(call.answerer.nextRtp()).isNotEmpty();
        }
      }

      assertThat(call.answerer.endpoint.statistics().dropped()).doesNotContainKey(DropReason.FAULT);
      assertThat(call.answerer.closed).isNotDone();
    }
  }

  @Test
  @DisplayName("RFC 6347: a damaged handshake ends, and ends when it is told to")
  void aDamagedHandshakeEnds() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    byte[] hello = clientHello();
    for (int i = 0; i < HANDSHAKES; i++) {
      DtlsSession server = new DtlsSession((buffer, offset, length) -> {}, new Silent());
      server.start(DtlsSetup.PASSIVE, server.fingerprint(), "hostile-" + i);
      for (int datagram = 0; datagram < 4; datagram++) {
        byte[] damaged = damaged(hello, random);
        server.receive(damaged, 0, damaged.length);
      }

      server.close();

      assertThat(server.awaitFinished(END_LIMIT)).as("handshake %d", i).isTrue();
    }
  }

  /**
   * A check without MESSAGE-INTEGRITY, as somebody sends it who knows no password (RFC 8445 §7).
   */
  private static byte[] bindingRequest(String ufrag) {
    byte[] user = (ufrag + ":stranger").getBytes(StandardCharsets.US_ASCII);
    int padded = (user.length + 3) / 4 * 4;
    ByteBuffer message = ByteBuffer.allocate(20 + 4 + padded + 8 + 12);
    message.putShort((short) 1).putShort((short) (message.capacity() - 20)).putInt(0x2112A442);
    message.put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    message.putShort((short) 6).putShort((short) user.length);
    message.put(Arrays.copyOf(user, padded));
    message.putShort((short) 0x24).putShort((short) 4).putInt(0x6E7F1EFF);
    message.putShort((short) 0x8029).putShort((short) 8).putLong(42);
    return message.array();
  }

  private static byte[] clientHello() throws Exception {
    BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    DtlsSession client =
        new DtlsSession(
            (buffer, offset, length) ->
                sent.add(Arrays.copyOfRange(buffer, offset, offset + length)),
            new Silent());
    DtlsFingerprint anybody = client.fingerprint();
    client.start(DtlsSetup.ACTIVE, anybody, "hello");
    byte[] hello = sent.poll(Call.LIMIT_SECONDS, TimeUnit.SECONDS);
    client.close();
    assertThat(hello).isNotNull();
    return hello;
  }

  /** Some bytes changed, and sometimes cut off or repeated. */
  private static byte[] damaged(byte[] sample, SplittableRandom random) {
    byte[] bytes =
        switch (random.nextInt(4)) {
          case 0 -> Arrays.copyOf(sample, random.nextInt(1, sample.length + 1));
          case 1 -> ByteBuffer.allocate(2 * sample.length).put(sample).put(sample).array();
          default -> sample.clone();
        };
    for (int i = random.nextInt(MOST_DAMAGE_BYTES); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static final class Silent implements DtlsSession.Listener {
    @Override
    public void onKeys(SrtpKeys keys) {
      throw new AssertionError("nobody has finished a handshake");
    }

    @Override
    public void onDtlsEnded(DtlsEnd end) {
      // Any end will do.
    }
  }
}
