package heyi.media.bot;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.bot.BotOptions.Role;
import heyi.media.endpoint.CloseReason;
import heyi.media.endpoint.EndpointListener;
import heyi.media.endpoint.EndpointOptions;
import heyi.media.endpoint.UdpPort;
import heyi.media.endpoint.WebRtcEndpoint;
import heyi.media.ice.TransportDescription;
import heyi.media.sdp.RemoteSource;
import heyi.media.sdp.SdpAnswerer;
import heyi.media.sdp.SdpAnswerer.Answered;
import heyi.media.sdp.SdpException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A scripted participant: answers offers as a browser does, sends a beep and a white flash in step
 * each second, and counts what it receives of each remote source.
 *
 * <p><b>Threads:</b> any. <b>Bounds:</b> one endpoint; a new peer connection needs a new bot.
 */
public final class MediaBot implements AutoCloseable {
  private final BotOptions options;
  private final UdpPort port;
  private final WebRtcEndpoint endpoint;
  private final List<MediaSource> sources;
  private final SdpAnswerer answerer;
  private final BotReception reception = new BotReception(System::nanoTime);
  private final Map<Promise<BotStatistics>, Predicate<BotStatistics>> waiting =
      new ConcurrentHashMap<>();
  private final AtomicLong keyframesAsked = new AtomicLong();
  private final @Nullable MediaLoop loop;
  private volatile @Nullable BotSender sender;
  private volatile boolean audioMuted;
  private volatile boolean speaking;
  private volatile @Nullable Duration connected;

  private MediaBot(BotOptions options, UdpPort port) {
    this.options = options;
    this.port = port;
    this.sources =
        options.role() == Role.TALKER ? sources(options.id(), options.random()) : List.of();
    this.endpoint =
        WebRtcEndpoint.create(port, EndpointOptions.answerer(options.id()), new Listener());
    this.answerer = new SdpAnswerer(options.id(), sources);
    this.loop = sources.isEmpty() ? null : loop(options.camera());
    endpoint.announce(sources);
  }

  /**
   * Makes a bot with a port of its own; it is silent until it has answered an offer.
   *
   * @throws IOException when no port could be bound
   */
  public static MediaBot open(BotOptions options) throws IOException {
    UdpPort port = UdpPort.open(options.address(), 0);
    try {
      return new MediaBot(options, port);
    } catch (RuntimeException e) {
      port.close();
      throw e;
    }
  }

  private static MediaLoop loop(@Nullable BotCamera camera) {
    MediaLoop own = MediaLoop.load();
    return camera == null ? own : own.of(camera);
  }

  private static List<MediaSource> sources(EndpointId id, RandomGenerator random) {
    Ssrc audio = ssrc(random);
    Ssrc video = ssrc(random);
    List<Ssrc> pair = List.of(video, ssrc(random));
    return List.of(
        new MediaSource(id.source(MediaKind.AUDIO, 0), MediaKind.AUDIO, List.of(audio), List.of()),
        new MediaSource(
            id.source(MediaKind.VIDEO, 0),
            MediaKind.VIDEO,
            pair,
            List.of(new SsrcGroup(SsrcGroup.Semantics.FID, pair))));
  }

  private static Ssrc ssrc(RandomGenerator random) {
    return new Ssrc(random.nextLong(1, 1L << 32));
  }

  /** Who it is. */
  public EndpointId id() {
    return options.id();
  }

  /** What it sends; empty for a listener. */
  public List<MediaSource> sources() {
    return sources;
  }

  /** How the bridge reaches it, for those who speak Colibri2 without session descriptions. */
  public TransportDescription transport() {
    return endpoint.localTransport();
  }

  /**
   * Answers an offer; the first one starts connecting, later ones change what is received.
   *
   * @param offer of the server
   * @return the answer
   * @throws SdpException if the offer cannot be used; nothing is changed then
   */
  public String answer(String offer) throws SdpException {
    Answered answered = answerer.answer(offer, endpoint.localTransport());
    connect(answered.bridge(), answered.remote());
    return answered.sdp();
  }

  /**
   * Does what an offer causes, for those who speak Colibri2 without session descriptions.
   *
   * @param bridge how to reach the bridge
   * @param remote what is to be received, complete
   */
  public void connect(TransportDescription bridge, List<RemoteSource> remote) {
    expect(remote);
    endpoint.connect(bridge);
  }

  /**
   * Names what it takes and counts, whatever was offered; all else is dropped.
   *
   * @param remote complete, replaces the former list
   */
  public void expect(List<RemoteSource> remote) {
    reception.expect(remote);
    endpoint.expect(remote.stream().map(RemoteSource::source).toList());
  }

  /**
   * Asks for a keyframe of a remote video.
   *
   * @param ssrc its main stream
   */
  public void requestKeyframe(Ssrc ssrc) {
    endpoint.requestKeyframe(ssrc);
  }

  /**
   * Stops or resumes the sound, as the button of a client does.
   *
   * @param muted true stops
   */
  public void muteAudio(boolean muted) {
    audioMuted = muted;
    BotSender current = sender;
    if (current != null) {
      current.muteAudio(muted);
    }
  }

  /** Speaks without a pause, as far as its packets say how loud they are. */
  public void speak() {
    speaking = true;
    BotSender current = sender;
    if (current != null) {
      current.speak(true);
    }
  }

  /** What it saw until now. */
  public BotStatistics statistics() {
    return new BotStatistics(
        connected, reception.snapshot(), keyframesAsked.get(), endpoint.statistics());
  }

  /**
   * How long the stamped packets since the last call were on the way. Only bots with a picture
   * bitrate stamp, and only bots of the same process can be told.
   */
  public List<Duration> takeDelays() {
    return reception.takeDelays();
  }

  /**
   * Waits until something has happened; asked again after each packet.
   *
   * @param happened must be quick
   * @return completes on a media thread; never when it never happens, so give it a timeout
   */
  public Future<BotStatistics> when(Predicate<BotStatistics> happened) {
    Promise<BotStatistics> promise = Promise.promise();
    waiting.put(promise, happened);
    check();
    return promise.future();
  }

  private void check() {
    if (waiting.isEmpty()) {
      return;
    }
    BotStatistics now = statistics();
    waiting.forEach(
        (promise, happened) -> {
          if (happened.test(now) && waiting.remove(promise) != null) {
            promise.complete(now);
          }
        });
  }

  private void startSending(MediaLoop media) {
    BotSender started =
        new BotSender(media.filled(options.pictureBitsPerSecond()), endpoint, options, sources);
    sender = started;
    started.muteAudio(audioMuted);
    started.speak(speaking);
    started.start();
  }

  @Override
  public void close() {
    BotSender current = sender;
    if (current != null) {
      current.close();
    }
    endpoint.close();
    port.close();
  }

  /** Runs on the port's receive thread. */
  private final class Listener implements EndpointListener {
    @Override
    public void onConnected() {
      connected = reception.sinceBegin();
      if (loop != null) {
        startSending(loop);
      }
      check();
    }

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long arrivalNanos) {
      reception.rtp(buffer, offset, length);
      check();
    }

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
      reception.rtcp(buffer, offset, length);
      check();
    }

    @Override
    public void onKeyframeRequested(Ssrc ssrc) {
      keyframesAsked.incrementAndGet();
      check();
    }

    @Override
    public void onClosed(CloseReason reason) {
      BotSender current = sender;
      if (current != null) {
        current.close();
      }
      waiting.keySet().forEach(promise -> promise.tryFail("bot closed: " + reason));
      waiting.clear();
    }
  }
}
