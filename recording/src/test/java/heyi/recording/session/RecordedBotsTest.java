package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.bot.BotConference;
import heyi.media.bot.BotOptions;
import heyi.media.bot.MediaBot;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.MediaWarmUp;
import heyi.media.endpoint.UdpPort;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.Track;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.media.MediaCheck;
import heyi.recording.packaging.EvidencePackage;
import heyi.recording.packaging.PackageDocument;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two bots talk over the embedded bridge and are recorded: judged from the finished files. */
@Timeout(120)
final class RecordedBotsTest {
  /** A viewer does not notice sound and picture apart by less (ITU-R BT.1359 allows 90 to 185). */
  private static final long MAX_AV_OFFSET_MILLIS = 80;

  /** Six seconds: long enough for several beeps, short enough for a test. */
  private static final int KEYFRAMES_TO_SEE = 3 * 6;

  private static final long WAIT_SECONDS = 60;

  private final Vertx vertx = Vertx.vertx();

  @TempDir private Path directory;

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  private RecordingService service(ObjectStore store) {
    return RecordingService.create(
        vertx,
        RecordingOptions.in(directory.resolve("spool")),
        store,
        TestSeals.in(store, directory),
        InstantSource.system());
  }

  @Test
  void twoTalkersBecomeFourTracksInStep() throws Exception {
    MediaWarmUp.run();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ObjectStore store = new DirectoryObjectStore(directory.resolve("store"));
    RecordingService service = service(store);
    try (UdpPort bridgePort = UdpPort.open(loopback, 0)) {
      EmbeddedBridge bridge =
          await(EmbeddedBridge.start(vertx, bridgePort, EmbeddedBridgeOptions.DEFAULT));
      BridgeClientHttp client =
          BridgeClientHttp.create(
              vertx, BridgeClientOptions.of(new BridgeId("embedded"), bridge.uri()));
      ConferenceId conference = new ConferenceId("room-1");
      Recording recording =
          await(
              service.start(
                  new RecordingRequest(
                      new RecordingId("rec-1"),
                      "session-1",
                      RecordingClass.JOINT,
                      conference,
                      client,
                      UdpPort.open(loopback, 0))));
      Future<RecordingState> receiving = whenState(recording, RecordingState.RECEIVING);
      BotConference bots =
          new BotConference(
              vertx, client, conference, InstantSource.system(), new SplittableRandom(7));
      List<MediaBot> talkers = new ArrayList<>();
      for (String label : List.of("party-1", "party-2")) {
        MediaBot bot = await(bots.join(new EndpointId(label + "-1"), BotOptions.Role.TALKER));
        talkers.add(bot);
        for (MediaSource source : bot.sources()) {
          await(recording.sourceAdded(new RecordedSource(bot.id(), label, label, source)));
        }
      }
      await(
          recording.event(
              new LedgerEvent("phase-changed", CanonicalJson.object().put("to", "JOINT"))));
      assertThat(await(receiving)).isEqualTo(RecordingState.RECEIVING);
      MediaSource firstVideo = talkers.getFirst().sources().getLast();
      await(
          talkers
              .getLast()
              .when(seen -> seen.of(firstVideo.name()).keyframes() >= KEYFRAMES_TO_SEE));

      SealedRecording sealed = await(recording.close());
      await(bots.close());
      await(bridge.close());

      assertThat(sealed.tracks())
          .extracting(track -> track.trackId().value())
          .containsExactlyInAnyOrder(
              "party-1-audio-1", "party-1-video-1", "party-2-audio-1", "party-2-video-1");
      assertThat(recording.state()).isEqualTo(RecordingState.VERIFIED);
      assertThat(directory.resolve("spool").resolve("rec-1")).doesNotExist();
      assertInStep(sealed, store);
      verifyPackage(service, sealed);
    }
  }

  private void assertInStep(SealedRecording sealed, ObjectStore store) throws Exception {
    Map<String, List<Long>> marks = new LinkedHashMap<>();
    for (Track track : sealed.tracks()) {
      Path file = directory.resolve(track.trackId() + ".webm");
      try (InputStream in = store.read(track.objectKey())) {
        Files.copy(in, file);
      }
      MediaCheck.Content content = MediaCheck.decode(file);
      List<Long> onSessionClock =
          content.marksMillis().stream().map(at -> at + track.offset().toMillis()).toList();
      marks.put(track.label() + track.kind(), onSessionClock);
      assertThat(content.marksMillis()).hasSizeGreaterThanOrEqualTo(4);
    }
    for (String label : List.of("party-1", "party-2")) {
      List<Long> beeps = marks.getOrDefault(label + MediaKind.AUDIO, List.of());
      List<Long> flashes = marks.getOrDefault(label + MediaKind.VIDEO, List.of());
      for (long flash : flashes.subList(1, flashes.size() - 1)) {
        long nearest = beeps.stream().mapToLong(beep -> Math.abs(beep - flash)).min().orElseThrow();
        assertThat(nearest).as("A/V offset of %s", label).isLessThanOrEqualTo(MAX_AV_OFFSET_MILLIS);
      }
    }
  }

  private void verifyPackage(RecordingService service, SealedRecording sealed) {
    byte[] agreement = "agreement".getBytes(StandardCharsets.UTF_8);
    EvidencePackage made =
        await(
            service.writePackage(
                sealed.id(),
                List.of(new PackageDocument("agreement.pdf", agreement)),
                directory.resolve("evidence.zip")));

    VerificationReport report = EvidenceVerifier.verify(made.file());

    assertThat(report.findings()).isEmpty();
    assertThat(report.rootHash()).isEqualTo(sealed.rootHash().hex());
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
    return future
        .timeout(Duration.ofSeconds(WAIT_SECONDS).toMillis(), TimeUnit.MILLISECONDS)
        .await();
  }
}
