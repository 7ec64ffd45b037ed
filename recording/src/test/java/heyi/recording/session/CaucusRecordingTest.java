package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
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
import heyi.recording.ObjectKey;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.encryption.EncryptedObjectStore;
import heyi.recording.encryption.MasterKeyFile;
import heyi.recording.journal.JournalReader;
import heyi.recording.journal.JournalRecord;
import heyi.recording.journal.RecordKind;
import heyi.recording.packaging.EvidencePackage;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.sealing.TestSeals;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.SealedStore;
import heyi.recording.unsealing.Orders;
import heyi.recording.unsealing.SealedAccess;
import heyi.recording.unsealing.UnsealingException;
import heyi.recording.verify.EvidenceVerifier;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A joint session and a caucus of the same people, recorded side by side over one bridge. */
@Timeout(120)
@DisplayName("民事调解规定 art. 5: what was said in a caucus stays there")
final class CaucusRecordingTest {
  private static final int KEYFRAMES_TO_SEE = 6;
  private static final long WAIT_SECONDS = 60;
  private static final int RTP_SSRC_AT = 8;
  private static final int RTCP_SSRC_AT = 4;
  private static final RecordingId JOINT = new RecordingId("session-1-1");
  private static final RecordingId CAUCUS = new RecordingId("session-1-caucus-1");

  private final Vertx vertx = Vertx.vertx();

  @TempDir private Path directory;

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  /** Bots in a conference, and its recording. */
  private record Room(Recording recording, BotConference bots, List<MediaBot> inside) {
    Set<Ssrc> ssrcs() {
      return inside.stream()
          .flatMap(bot -> bot.sources().stream())
          .flatMap(source -> source.ssrcs().stream())
          .collect(Collectors.toSet());
    }
  }

  @Test
  void noPacketOfACaucusIsInAJointFileNorTheOtherWayRound() throws Exception {
    MediaWarmUp.run();
    SealedStore store = store();
    EvidenceSeals seals = TestSeals.in(store, directory);
    RecordingService service =
        RecordingService.create(
            vertx,
            RecordingOptions.in(directory.resolve("spool")),
            store,
            seals,
            InstantSource.system());
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (UdpPort bridgePort = UdpPort.open(loopback, 0)) {
      EmbeddedBridge bridge =
          await(EmbeddedBridge.start(vertx, bridgePort, EmbeddedBridgeOptions.DEFAULT));
      BridgeClient client =
          BridgeClientHttp.create(
              vertx, BridgeClientOptions.of(new BridgeId("embedded"), bridge.uri()));
      Room joint = room(service, client, JOINT, RecordingClass.JOINT, 7);
      Room caucus = room(service, client, CAUCUS, RecordingClass.SEALED, 11);
      enter(joint, "mediator-1");
      enter(joint, "party-1-1");
      enter(joint, "party-2-1");
      // The same people, with another connection each, while the joint one still lingers.
      enter(caucus, "mediator-1");
      enter(caucus, "party-1-1");
      seen(joint);
      seen(caucus);

      SealedRecording open = await(joint.recording().close());
      SealedRecording closed = await(caucus.recording().close());
      await(joint.bots().close());
      await(caucus.bots().close());
      await(bridge.close());

      ObjectStore opened = opened(store, seals);
      Senders inJoint = senders(store, StoreLayout.root(RecordingClass.JOINT, JOINT));
      Senders inCaucus = senders(opened, StoreLayout.root(RecordingClass.SEALED, CAUCUS));
      assertThat(inJoint.media()).isSubsetOf(joint.ssrcs()).hasSizeGreaterThanOrEqualTo(6);
      assertThat(inCaucus.media()).isSubsetOf(caucus.ssrcs()).hasSizeGreaterThanOrEqualTo(4);
      assertThat(inJoint.reports()).doesNotContainAnyElementsOf(caucus.ssrcs());
      assertThat(inCaucus.reports()).doesNotContainAnyElementsOf(joint.ssrcs());
      assertThat(open.tracks())
          .hasSize(6)
          .allMatch(track -> RecordingClass.JOINT.holds(track.objectKey()));
      assertClosed(service, opened, closed);
    }
  }

  /** The sealed recording is whole and checked, and its package needs an order. */
  private void assertClosed(RecordingService service, ObjectStore opened, SealedRecording closed) {
    assertThat(closed.tracks()).hasSize(4);
    assertThat(closed.tracks()).allMatch(track -> RecordingClass.SEALED.holds(track.objectKey()));
    StoreReport report = await(service.check(CAUCUS));
    assertThat(report.differences()).isEmpty();
    assertThat(report.rootHash()).isEqualTo(closed.rootHash().toString());
    Path zip = directory.resolve("caucus.zip");
    Future<EvidencePackage> without = service.writePackage(CAUCUS, List.of(), zip);
    assertThatThrownBy(() -> await(without)).isInstanceOf(UnsealingException.class);
    assertThat(zip).doesNotExist();

    EvidencePackage made = await(service.writePackage(CAUCUS, List.of(), zip, opened));

    assertThat(EvidenceVerifier.verify(made.file()).findings()).isEmpty();
  }

  private SealedStore store() throws IOException {
    Path master = directory.resolve("master");
    MasterKeyFile.create(master, new SecureRandom());
    return new SealedStore(
        new EncryptedObjectStore(
            new DirectoryObjectStore(directory.resolve("store")),
            Set.of(
                StoreLayout.directory(RecordingClass.JOINT),
                StoreLayout.directory(RecordingClass.SEALED)),
            MasterKeyFile.open(master, new SecureRandom()),
            new SecureRandom()),
        () -> Orders.AGREED);
  }

  private static ObjectStore opened(SealedStore store, EvidenceSeals seals) throws IOException {
    SealedAccess access =
        new SealedAccess(seals::accessed, () -> Orders.AGREED, Duration.ofDays(7));
    ObjectKey root = StoreLayout.root(RecordingClass.SEALED, CAUCUS);
    return store.opened(
        ((SealedAccess.Outcome.Opened) access.open(Orders.of(root), "user-1")).capability());
  }

  private Room room(
      RecordingService service,
      BridgeClient client,
      RecordingId id,
      RecordingClass recordingClass,
      long seed)
      throws Exception {
    ConferenceId conference = new ConferenceId(id.value());
    Recording recording =
        await(
            service.start(
                new RecordingRequest(
                    id,
                    "session-1",
                    recordingClass,
                    conference,
                    client,
                    UdpPort.open(InetAddress.getLoopbackAddress(), 0))));
    BotConference bots =
        new BotConference(
            vertx, client, conference, InstantSource.system(), new SplittableRandom(seed));
    return new Room(recording, bots, new ArrayList<>());
  }

  private static void enter(Room room, String endpoint) {
    MediaBot bot = await(room.bots().join(new EndpointId(endpoint), BotOptions.Role.TALKER));
    room.inside().add(bot);
    String seat = endpoint.substring(0, endpoint.lastIndexOf('-'));
    for (MediaSource source : bot.sources()) {
      await(room.recording().sourceAdded(new RecordedSource(bot.id(), seat, seat, source)));
    }
  }

  /** Everybody is recorded, and has been seen for a while. */
  private static void seen(Room room) {
    await(receiving(room.recording()));
    MediaSource first = room.inside().getFirst().sources().getLast();
    await(
        room.inside()
            .getLast()
            .when(look -> look.of(first.name()).keyframes() >= KEYFRAMES_TO_SEE));
  }

  private static Future<RecordingState> receiving(Recording recording) {
    Promise<RecordingState> promise = Promise.promise();
    recording.listen(
        new RecordingListener() {
          @Override
          public void onState(RecordingState state, String reason) {
            if (state == RecordingState.RECEIVING) {
              promise.tryComplete(state);
            }
          }
        });
    if (recording.state() == RecordingState.RECEIVING) {
      promise.tryComplete(RecordingState.RECEIVING);
    }
    return promise.future();
  }

  private record Senders(Set<Ssrc> media, Set<Ssrc> reports) {}

  /** Whose packets the journal holds; a bridge sends reports of its own. */
  private static Senders senders(ObjectStore store, ObjectKey root) throws IOException {
    Senders found = new Senders(new HashSet<>(), new HashSet<>());
    for (ObjectKey chunk : store.list(StoreLayout.chunks(root))) {
      try (InputStream in = store.read(chunk)) {
        JournalReader reader = JournalReader.of(in.readAllBytes());
        for (Optional<JournalRecord> record = reader.next();
            record.isPresent();
            record = reader.next()) {
          ByteBuffer packet = record.get().payload();
          if (record.get().kind() == RecordKind.RTP) {
            found.media().add(Ssrc.ofBits(packet.getInt(RTP_SSRC_AT)));
          } else if (record.get().kind() == RecordKind.RTCP) {
            found.reports().add(Ssrc.ofBits(packet.getInt(RTCP_SSRC_AT)));
          }
        }
      }
    }
    return found;
  }

  private static <T> T await(Future<T> future) {
    return future
        .timeout(Duration.ofSeconds(WAIT_SECONDS).toMillis(), TimeUnit.MILLISECONDS)
        .await();
  }
}
