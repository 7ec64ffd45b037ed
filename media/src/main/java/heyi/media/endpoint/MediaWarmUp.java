package heyi.media.endpoint;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.rtp.RtpPacketWriter;
import heyi.media.srtp.SrtpWarmUp;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the crypto and the packet path once at start of the process, so that the first call is not
 * slowed by class loading and compilation: a stalled receive thread looks like congestion to a
 * browser, whose estimate then stays low for 20 s.
 */
public final class MediaWarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(MediaWarmUp.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int PACKETS = 2000;
  private static final int PAYLOAD_BYTES = 1100;
  private static final MediaSource SOURCE =
      new MediaSource(new SourceName("warm-v0"), MediaKind.VIDEO, List.of(new Ssrc(1)), List.of());

  private MediaWarmUp() {}

  /**
   * Blocks for one to two seconds; call it off the event loop, before the first endpoint. A failure
   * is logged only: a cold start is better than none.
   *
   * @return how long it took
   */
  public static Duration run() {
    final long start = System.nanoTime();
    SrtpWarmUp.run();
    try (UdpPort offererPort = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
        UdpPort answererPort = UdpPort.open(InetAddress.getLoopbackAddress(), 0)) {
      call(offererPort, answererPort);
    } catch (IOException | ExecutionException | TimeoutException e) {
      LOG.warn("media warm-up incomplete", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void call(UdpPort offererPort, UdpPort answererPort)
      throws InterruptedException, ExecutionException, TimeoutException {
    final Probe offererProbe = new Probe();
    final Probe answererProbe = new Probe();
    try (WebRtcEndpoint offerer =
            WebRtcEndpoint.create(
                offererPort, EndpointOptions.offerer(new EndpointId("warm-a")), offererProbe);
        WebRtcEndpoint answerer =
            WebRtcEndpoint.create(
                answererPort, EndpointOptions.answerer(new EndpointId("warm-b")), answererProbe)) {
      offerer.expect(List.of(SOURCE));
      offerer.connect(answerer.localTransport());
      answerer.connect(offerer.localTransport());
      await(offererProbe.connected);
      await(answererProbe.connected);
      for (int n = 0; n < PACKETS; n++) {
        final byte[] packet =
            new RtpPacketWriter(RtpParameters.DEFAULT.vp8(), SOURCE.primary())
                .extension(RtpParameters.DEFAULT.transportCcId(), (byte) 0, (byte) 0)
                .write(n, n * 3000L, new byte[PAYLOAD_BYTES]);
        answerer.sendRtp(packet, 0, packet.length);
      }
      await(offererProbe.media);
    }
  }

  private static void await(CompletableFuture<Void> event)
      throws InterruptedException, ExecutionException, TimeoutException {
    event.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static final class Probe implements EndpointListener {
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> media = new CompletableFuture<>();

    @Override
    public void onConnected() {
      connected.complete(null);
    }

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long arrivalNanos) {
      media.complete(null);
    }
  }
}
