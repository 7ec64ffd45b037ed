package heyi.recording.capture;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.colibri2.AllocationOutcome;
import heyi.media.colibri2.BridgeChannel;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.UpdateOutcome;
import heyi.media.colibri2.VideoConstraints;
import heyi.media.endpoint.CloseReason;
import heyi.media.endpoint.EndpointListener;
import heyi.media.endpoint.EndpointOptions;
import heyi.media.endpoint.UdpPort;
import heyi.media.endpoint.WebRtcEndpoint;
import heyi.media.ice.TransportDescription;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** The recorder's WebRTC connection with a bridge. <b>Threads:</b> any; nothing blocks. */
public final class RecorderEndpoint implements Capture {
  /** What the recorder is called in every conference; rooms never show it. */
  public static final EndpointId ID = new EndpointId("heyi-recorder");

  /** From the end of a conference to the end of its recording; it takes some milliseconds. */
  private static final long END_MILLIS = 1_000;

  private final BridgeClient bridge;
  private final ConferenceId conference;
  private final WebRtcEndpoint endpoint;
  private final Promise<Void> connected;
  private final AtomicBoolean closed;
  private final BridgeChannel channel;

  private RecorderEndpoint(
      BridgeClient bridge,
      ConferenceId conference,
      WebRtcEndpoint endpoint,
      Promise<Void> connected,
      AtomicBoolean closed,
      BridgeChannel channel) {
    this.bridge = bridge;
    this.conference = conference;
    this.endpoint = endpoint;
    this.connected = connected;
    this.closed = closed;
    this.channel = channel;
  }

  /**
   * What is needed to join.
   *
   * @param vertx for the bridge channel and the timeout
   * @param bridge where the conference is
   * @param conference to join
   * @param port the recorder's own port
   * @param timeout until media can flow
   * @param nanoClock what packets are timed with
   */
  public record Request(
      Vertx vertx,
      BridgeClient bridge,
      ConferenceId conference,
      UdpPort port,
      Duration timeout,
      LongSupplier nanoClock) {}

  /** Joins as asked, whenever a connection is wanted. */
  public static Connector connector(Request request) {
    return sink -> join(request, sink);
  }

  @Override
  public void expect(List<MediaSource> sources) {
    endpoint.expect(sources);
  }

  @Override
  public void requestKeyframe(Ssrc ssrc) {
    endpoint.requestKeyframe(ssrc);
  }

  @Override
  public Future<Void> close() {
    closed.set(true);
    connected.tryFail(new CaptureException("closed"));
    endpoint.close();
    channel.close();
    return bridge.expireEndpoint(conference, ID);
  }

  private static Future<Capture> join(Request request, PacketSink sink) {
    return request
        .bridge()
        // A recorder that was lost may still be known there.
        .expireEndpoint(request.conference(), ID)
        .otherwiseEmpty()
        .compose(gone -> request.bridge().allocate(request.conference(), ID))
        .compose(
            outcome ->
                switch (outcome) {
                  case AllocationOutcome.Allocated allocated ->
                      connect(request, allocated.transport(), sink);
                  case AllocationOutcome.Declined declined ->
                      failed("the bridge declined the recorder: " + declined.reason());
                  case AllocationOutcome.Unreachable unreachable ->
                      failed("no answer from the bridge in " + unreachable.waited().toMillis());
                });
  }

  private static Future<Capture> connect(
      Request request, TransportDescription remote, PacketSink sink) {
    Promise<Void> connected = Promise.promise();
    AtomicBoolean closed = new AtomicBoolean();
    EndpointOptions defaults = EndpointOptions.answerer(ID);
    EndpointOptions options =
        new EndpointOptions(
            ID, defaults.iceRole(), defaults.dtlsSetup(), defaults.rtp(), request.nanoClock());
    WebRtcEndpoint endpoint =
        WebRtcEndpoint.create(request.port(), options, new Listener(sink, connected, closed));
    Future<BridgeChannel> channel =
        BridgeChannel.open(
            request.vertx(),
            remote,
            VideoConstraints.BEST,
            ended -> onChannelEnded(ended, request.vertx(), endpoint));
    return channel
        .compose(
            opened ->
                request
                    .bridge()
                    .update(request.conference(), ID, endpoint.localTransport(), List.of())
                    .compose(RecorderEndpoint::requireUpdated)
                    .compose(
                        updated -> {
                          endpoint.connect(remote);
                          return connected
                              .future()
                              .timeout(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
                        })
                    .<Capture>map(
                        done ->
                            new RecorderEndpoint(
                                request.bridge(),
                                request.conference(),
                                endpoint,
                                connected,
                                closed,
                                opened))
                    .onFailure(failure -> opened.close()))
        .recover(
            failure -> {
              closed.set(true);
              endpoint.close();
              return request
                  .bridge()
                  .expireEndpoint(request.conference(), ID)
                  .otherwiseEmpty()
                  .compose(gone -> failed("could not connect: " + failure.getMessage()));
            });
  }

  /**
   * The endpoint's listener reports the loss. A conference that is ended takes the recorder's
   * endpoint along, and the recorder is told of the end a little later: that is no loss.
   */
  private static void onChannelEnded(
      BridgeChannel.Ended ended, Vertx vertx, WebRtcEndpoint endpoint) {
    switch (ended) {
      case BROKEN -> endpoint.close();
      case ORDERLY -> vertx.setTimer(END_MILLIS, timer -> endpoint.close());
    }
  }

  private static Future<Void> requireUpdated(UpdateOutcome outcome) {
    return switch (outcome) {
      case UpdateOutcome.Updated updated -> Future.succeededFuture();
      case UpdateOutcome.ConferenceGone gone -> failed("the conference is gone");
      case UpdateOutcome.Declined declined -> failed("declined: " + declined.reason());
      case UpdateOutcome.Unreachable unreachable -> failed("the bridge does not answer");
    };
  }

  private static <T> Future<T> failed(String reason) {
    return Future.failedFuture(new CaptureException(reason));
  }

  private record Listener(PacketSink sink, Promise<Void> connected, AtomicBoolean closed)
      implements EndpointListener {
    @Override
    public void onConnected() {
      connected.tryComplete();
    }

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long arrivalNanos) {
      sink.rtp(buffer, offset, length, arrivalNanos);
    }

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
      sink.rtcp(buffer, offset, length, arrivalNanos);
    }

    @Override
    public void onClosed(CloseReason reason) {
      boolean wasConnecting = connected.tryFail(new CaptureException("closed: " + reason));
      if (!wasConnecting && !closed.get()) {
        sink.lost(String.valueOf(reason));
      }
    }
  }
}
