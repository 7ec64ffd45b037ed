package heyi.signaling.socket;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.colibri2.AllocationOutcome;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.BridgeHealth;
import heyi.media.colibri2.BridgeId;
import heyi.media.colibri2.BridgeLoad;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.UpdateOutcome;
import heyi.media.dtls.DtlsFingerprint;
import heyi.media.dtls.DtlsSetup;
import heyi.media.ice.IceCandidate;
import heyi.media.ice.TransportDescription;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bridge that forwards nothing, answers at once and remembers what it was told. */
final class FakeBridge implements BridgeClient {
  static final BridgeId ID = new BridgeId("fake");
  private static final String PASSWORD = "p".repeat(24);
  private static final DtlsFingerprint FINGERPRINT =
      new DtlsFingerprint("sha-256", "AB" + ":CD".repeat(31));

  /** Every call, such as {@code allocate party-1-1}. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  final ConcurrentMap<EndpointId, ForceMute> mutes = new ConcurrentHashMap<>();
  final ConcurrentMap<EndpointId, List<MediaSource>> sources = new ConcurrentHashMap<>();

  /** Does not confirm that an endpoint has ended. */
  volatile boolean holdsOn;

  /** What the next allocations and updates answer, before they are well again. */
  final Queue<AllocationOutcome> allocations = new ConcurrentLinkedQueue<>();

  final Queue<UpdateOutcome> updates = new ConcurrentLinkedQueue<>();
  private final BridgeId id;
  private final Consumer<String> called;

  /**
   * Makes a bridge.
   *
   * @param called told of each call, as it stands in {@link #calls}
   */
  FakeBridge(BridgeId id, Consumer<String> called) {
    this.id = id;
    this.called = called;
  }

  static TransportDescription transport(DtlsSetup setup) {
    return new TransportDescription(
        "frag",
        PASSWORD,
        FINGERPRINT,
        setup,
        List.of(new IceCandidate("1", 1, "udp", 1, "127.0.0.1", 10_000, "host", null)),
        List.of());
  }

  @Override
  public BridgeId id() {
    return id;
  }

  @Override
  public Future<AllocationOutcome> allocate(ConferenceId conference, EndpointId endpoint) {
    var prepared = allocations.poll();
    call("allocate " + endpoint);
    return Future.succeededFuture(
        prepared == null
            ? new AllocationOutcome.Allocated(id, transport(DtlsSetup.ACTPASS), List.of())
            : prepared);
  }

  @Override
  public Future<UpdateOutcome> update(
      ConferenceId conference,
      EndpointId endpoint,
      @Nullable TransportDescription transport,
      @Nullable List<MediaSource> changed) {
    if (changed != null) {
      sources.put(endpoint, changed);
    }
    var prepared = updates.poll();
    call("update " + endpoint);
    return Future.succeededFuture(prepared == null ? new UpdateOutcome.Updated(id) : prepared);
  }

  @Override
  public Future<Void> expireEndpoint(ConferenceId conference, EndpointId endpoint) {
    call("expire " + endpoint);
    return holdsOn
        ? Future.failedFuture(new IllegalStateException("no answer"))
        : Future.succeededFuture();
  }

  @Override
  public Future<Void> expireConference(ConferenceId conference) {
    call("end " + conference);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> forceMute(ConferenceId conference, EndpointId endpoint, ForceMute mute) {
    mutes.put(endpoint, mute);
    call("mute " + endpoint + " " + mute.audio() + " " + mute.video());
    return Future.succeededFuture();
  }

  @Override
  public Future<BridgeHealth> health() {
    return Future.succeededFuture(new BridgeHealth.Healthy(id, Duration.ZERO));
  }

  @Override
  public Future<BridgeLoad> load() {
    return Future.succeededFuture(new BridgeLoad(0, 0, 0, false, "fake", null));
  }

  private void call(String what) {
    calls.add(what);
    called.accept(what);
  }
}
