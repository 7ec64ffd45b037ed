package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.bot.BotConference;
import heyi.media.bot.BotOptions;
import heyi.media.bot.MediaBot;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.MediaWarmUp;
import heyi.media.endpoint.UdpPort;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.Track;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.media.MediaCheck;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.sealing.TestSeals;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bridge dies in mid-recording and the room goes on in a conference of another bridge. */
@Timeout(120)
@DisplayName("R26: one recording survives a change of bridge")
final class RecordingMoveTest {
  private static final EndpointId PARTY = new EndpointId("party-1-1");
  private static final String LABEL = "party-1";
  private static final ConferenceId FIRST = new ConferenceId("room-1-1");
  private static final ConferenceId SECOND = new ConferenceId("room-1-2");

  /** What the room may wait for the recorder after it asked. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(1);

  /** Some beeps and flashes on either side. */
  private static final int KEYFRAMES_TO_SEE = 3 * 3;

  private final Vertx vertx = Vertx.vertx();

  @TempDir private Path directory;
  private ObjectStore store;
  private RecordingService service;

  private record Bridge(UdpPort port, EmbeddedBridge bridge, BridgeClient client) {}

  @BeforeEach
  void makeService() {
    MediaWarmUp.run();
    store = new DirectoryObjectStore(directory.resolve("store"));
    service =
        RecordingService.create(
            vertx,
            RecordingOptions.in(directory.resolve("spool")),
            store,
            TestSeals.in(store, directory),
            InstantSource.system());
  }

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  @Test
  void bothPartsAreInOnePackageAndTheGapIsDisclosed() throws Exception {
    Bridge first = bridge("first");
    Bridge second = bridge("second");
    Recording recording = await(service.start(request(first)));
    talk(recording, first, FIRST);

    await(first.bridge().close());
    long asked = System.nanoTime();
    await(recording.moveTo(SECOND, second.client()));
    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    BotConference after = talk(recording, second, SECOND);
    SealedRecording sealed = await(recording.close());
    await(after.close());

    assertThat(took).isLessThan(BACK_WITHIN);
    assertThat(sealed.interrupted()).isFalse();
    assertThat(sealed.tracks())
        .extracting(track -> track.trackId().value())
        .containsExactly(
            "party-1-audio-1", "party-1-video-1", "party-1-audio-2", "party-1-video-2");
    for (Track track : sealed.tracks()) {
      assertThat(decode(track).marksMillis()).as("%s", track.trackId()).hasSizeGreaterThan(1);
    }
    assertTheGapIsThatBetweenTheParts(sealed);
    VerificationReport report = verify(sealed);
    assertThat(report.findings()).isEmpty();
    assertThat(report.disclosed())
        .anyMatch(
            line -> line.en().startsWith(RecordingEvents.GAP) && line.en().contains("bridge"));
    close(first, second);
  }

  @Test
  void aMoveThatFailsMayBeAskedAgain() throws Exception {
    Bridge first = bridge("first");
    Bridge dead = bridge("dead");
    Bridge second = bridge("second");
    Recording recording = await(service.start(request(first)));
    await(first.bridge().close());
    await(dead.bridge().close());

    assertThatThrownBy(() -> await(recording.moveTo(SECOND, dead.client())))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("could not move");
    assertThat(recording.state()).isEqualTo(RecordingState.STALLED);
    await(recording.moveTo(SECOND, second.client()));
    assertThat(recording.state()).isEqualTo(RecordingState.STARTING);
    BotConference after = talk(recording, second, SECOND);
    SealedRecording sealed = await(recording.close());
    await(after.close());

    assertThat(sealed.tracks()).hasSize(2);
    assertThat(gaps(sealed)).hasSize(1);
    assertThat(verify(sealed).findings()).isEmpty();
    assertThatThrownBy(() -> await(recording.moveTo(FIRST, second.client())))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("takes no media");
    close(first, dead, second);
  }

  /** One bot, the same endpoint and source names each time, seen by the recorder. */
  private BotConference talk(Recording recording, Bridge bridge, ConferenceId conference)
      throws Exception {
    Future<RecordingState> receiving = whenState(recording, RecordingState.RECEIVING);
    BotConference bots =
        new BotConference(
            vertx, bridge.client(), conference, InstantSource.system(), new SplittableRandom());
    MediaBot bot = await(bots.join(PARTY, BotOptions.Role.TALKER));
    MediaBot viewer = await(bots.join(new EndpointId("viewer-1"), BotOptions.Role.LISTENER));
    for (MediaSource source : bot.sources()) {
      await(recording.sourceAdded(new RecordedSource(bot.id(), LABEL, LABEL, source)));
    }
    await(receiving);
    MediaSource video = bot.sources().getLast();
    await(viewer.when(seen -> seen.of(video.name()).keyframes() >= KEYFRAMES_TO_SEE));
    return bots;
  }

  private void assertTheGapIsThatBetweenTheParts(SealedRecording sealed) throws Exception {
    ObjectNode gap = gaps(sealed).getFirst();
    long firstEnds = ends(sealed.tracks().get(0));
    long secondStarts = sealed.tracks().get(2).offset().toMillis();

    assertThat(gap.path("cause").asText()).isEqualTo("bridge");
    assertThat(gap.path("conference").asText()).isEqualTo(SECOND.value());
    assertThat(gap.path("fromMillis").asLong()).isBetween(firstEnds - 200, firstEnds + 200);
    assertThat(gap.path("toMillis").asLong())
        .isGreaterThan(gap.path("fromMillis").asLong())
        .isLessThanOrEqualTo(secondStarts);
  }

  private static long ends(Track track) {
    return track.offset().plus(track.duration()).toMillis();
  }

  private List<ObjectNode> gaps(SealedRecording sealed) throws Exception {
    try (InputStream in =
        store.read(StoreLayout.ledger(StoreLayout.root(sealed.recordingClass(), sealed.id())))) {
      return LedgerReader.read(in.readAllBytes()).entries().stream()
          .filter(entry -> entry.type().equals(RecordingEvents.GAP))
          .map(entry -> entry.payload())
          .toList();
    }
  }

  private MediaCheck.Content decode(Track track) throws Exception {
    Path file = directory.resolve(track.trackId() + ".webm");
    try (InputStream in = store.read(track.objectKey())) {
      Files.copy(in, file);
    }
    return MediaCheck.decode(file);
  }

  private VerificationReport verify(SealedRecording sealed) {
    Path zip = directory.resolve("evidence.zip");
    await(service.writePackage(sealed.id(), List.of(), zip));
    return EvidenceVerifier.verify(zip);
  }

  private Bridge bridge(String id) throws Exception {
    UdpPort port = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
    EmbeddedBridge bridge = await(EmbeddedBridge.start(vertx, port, EmbeddedBridgeOptions.DEFAULT));
    return new Bridge(
        port,
        bridge,
        BridgeClientHttp.create(vertx, BridgeClientOptions.of(new BridgeId(id), bridge.uri())));
  }

  private static void close(Bridge... bridges) {
    for (Bridge bridge : bridges) {
      bridge.port().close();
    }
  }

  private static RecordingRequest request(Bridge bridge) throws Exception {
    return new RecordingRequest(
        new RecordingId("rec-1"),
        "session-1",
        RecordingClass.JOINT,
        FIRST,
        bridge.client(),
        UdpPort.open(InetAddress.getLoopbackAddress(), 0));
  }

  private static Future<RecordingState> whenState(Recording recording, RecordingState wanted) {
    Promise<RecordingState> promise = Promise.promise();
    recording.listen(
        new RecordingListener() {
          @Override
          public void onState(RecordingState state, String reason) {
            if (state == wanted) {
              promise.tryComplete(state);
            }
          }
        });
    return promise.future();
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(60, TimeUnit.SECONDS).await();
  }
}
