package heyi.media.endpoint;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.dtls.DtlsSetup;
import heyi.media.ice.IceRole;
import heyi.media.ice.TransportDescription;
import heyi.media.rtp.RtpPacketWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Two endpoints of this process on loopback, the offerer and the answerer. */
final class Call implements AutoCloseable {
  static final long LIMIT_SECONDS = 20;
  static final Ssrc VIDEO = new Ssrc(4_000_000_001L);
  static final Ssrc VIDEO_RTX = new Ssrc(4_000_000_002L);
  static final MediaSource CAMERA =
      new MediaSource(
          new SourceName("cam-v0"),
          MediaKind.VIDEO,
          List.of(VIDEO, VIDEO_RTX),
          List.of(new SsrcGroup(SsrcGroup.Semantics.FID, List.of(VIDEO, VIDEO_RTX))));
  static final MediaSource CAMERA_WITHOUT_RTX =
      new MediaSource(new SourceName("cam-v0"), MediaKind.VIDEO, List.of(VIDEO), List.of());
  static final MediaSource MICROPHONE =
      new MediaSource(new SourceName("mic-a0"), MediaKind.AUDIO, List.of(new Ssrc(33)), List.of());

  /** One side with all that was told to it. */
  static final class Side implements EndpointListener {
    final CompletableFuture<Void> connected = new CompletableFuture<>();
    final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
    final BlockingQueue<Ssrc> keyframes = new LinkedBlockingQueue<>();
    final AtomicLong clockOffsetNanos = new AtomicLong();
    volatile DatagramGate gate = DatagramGate.OPEN;
    final UdpPort port;
    final WebRtcEndpoint endpoint;

    Side(String name, IceRole role, DtlsSetup setup) throws IOException {
      port = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
      endpoint =
          WebRtcEndpoint.createGated(
              port,
              new EndpointOptions(
                  new EndpointId(name),
                  role,
                  setup,
                  RtpParameters.DEFAULT,
                  () -> System.nanoTime() + clockOffsetNanos.get()),
              this,
              (direction, buffer, offset, length) ->
                  gate.passes(direction, buffer, offset, length));
    }

    @Override
    public void onConnected() {
      connected.complete(null);
    }

    @Override
    public void onClosed(CloseReason reason) {
      closed.complete(reason);
    }

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long arrivalNanos) {
      rtp.add(copy(buffer, offset, length));
    }

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
      rtcp.add(copy(buffer, offset, length));
    }

    @Override
    public void onKeyframeRequested(Ssrc ssrc) {
      keyframes.add(ssrc);
    }

    private static byte[] copy(byte[] buffer, int offset, int length) {
      byte[] copy = new byte[length];
      System.arraycopy(buffer, offset, copy, 0, length);
      return copy;
    }

    void send(byte[] packet) {
      endpoint.sendRtp(packet, 0, packet.length);
    }

    byte[] nextRtp() throws InterruptedException {
      return next(rtp);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
      T item = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (item == null) {
        throw new AssertionError("nothing came within " + LIMIT_SECONDS + " s");
      }
      return item;
    }

    Ssrc nextKeyframe() throws InterruptedException {
      return next(keyframes);
    }

    byte[] nextRtcp() throws InterruptedException {
      return next(rtcp);
    }

    CloseReason awaitClosed() throws Exception {
      return closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  final Side offerer;
  final Side answerer;

  private Call(DtlsSetup offererSetup, DtlsSetup answererSetup) throws IOException {
    offerer = new Side("offerer", IceRole.CONTROLLING, offererSetup);
    answerer = new Side("answerer", IceRole.CONTROLLED, answererSetup);
  }

  /** Not yet connected. */
  static Call prepare(DtlsSetup offererSetup, DtlsSetup answererSetup) throws IOException {
    return new Call(offererSetup, answererSetup);
  }

  /** Connected, the answerer active in DTLS. */
  static Call connected() throws Exception {
    Call call = prepare(DtlsSetup.ACTPASS, DtlsSetup.ACTIVE);
    call.connect();
    return call;
  }

  /** The offerer learns the answerer's addresses from its packets, as with a browser. */
  void connect() throws Exception {
    offerer.endpoint.connect(withoutCandidates(answerer.endpoint.localTransport()));
    answerer.endpoint.connect(offerer.endpoint.localTransport());
    offerer.connected.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    answerer.connected.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  static TransportDescription withoutCandidates(TransportDescription t) {
    return new TransportDescription(
        t.ufrag(), t.password(), t.fingerprint(), t.setup(), List.of(), List.of());
  }

  /** A packet of the camera; the payload says which. */
  static byte[] video(int sequenceNumber) {
    return new RtpPacketWriter(RtpParameters.DEFAULT.vp8(), VIDEO)
        .extension(RtpParameters.DEFAULT.transportCcId(), (byte) 0, (byte) 0)
        .write(
            sequenceNumber,
            sequenceNumber * 3000L,
            new byte[] {0x10, 0x01, (byte) (sequenceNumber >> 8), (byte) sequenceNumber});
  }

  @Override
  public void close() {
    offerer.endpoint.close();
    answerer.endpoint.close();
    offerer.port.close();
    answerer.port.close();
  }
}
