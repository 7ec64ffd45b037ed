package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import heyi.media.ConferenceId;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.UdpPort;
import heyi.recording.capture.RecorderEndpoint;
import heyi.recording.packaging.RecordingEvents;
import heyi.server.demo.Awaiting;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bridge removes the recorder, and nobody else, in mid-talk. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class LostRecorderTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private UdpPort port;
  private EmbeddedBridge bridge;

  @BeforeEach
  void startBridge() throws Exception {
    port = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
    bridge = Waiting.on(EmbeddedBridge.start(vertx, port, EmbeddedBridgeOptions.DEFAULT));
  }

  @AfterEach
  void stopBridge() throws Exception {
    Waiting.on(bridge.close());
    Waiting.on(vertx.close());
    port.close();
  }

  @Test
  @DisplayName("R26: without its recorder the room pauses, and goes on when it is back")
  void theRoomPausesAndGoesOnInTheSameRecording() throws Exception {
    Map<String, String> settings =
        Map.of("HEYI_MEDIA_BRIDGES", bridge.uri().toString(), "HEYI_MEDIA_ADDRESSES", "127.0.0.1");
    try (RunningHeyi heyi = RunningHeyi.start(folder.resolve("data"), settings);
        RecordedRoom room =
            new RecordedRoom(vertx, heyi.port(), heyi.links().mediator().password().reveal(), 1)) {
      room.talk(1);
      assertThat(trackOfLiveSession(heyi, room.session())).isEqualTo(409);

      var paused = room.mediator().room().phase(Phase.PAUSED, RecordedRoom.LIMIT);

      remove(conference());

      Awaiting.get("the room pauses", RecordedRoom.LIMIT, paused);
      room.see("phase", "JOINT");
      room.see("recording", "receiving");
      room.advance(Phase.CLOSED);
      room.see("recording", "verified");
      SealedSession sealed =
          SealedSession.open(
              vertx,
              heyi.port(),
              heyi.links().auditor().password().reveal(),
              room.session(),
              folder);
      assertThat(sealed.report().findings()).isEmpty();
      assertThat(sealed.report().recordingId()).isEqualTo(room.session() + "-1");
      assertThat(sealed.report().disclosed())
          .filteredOn(line -> line.en().startsWith(RecordingEvents.GAP))
          .singleElement()
          .asString()
          .contains("\"cause\":\"connection\"");
    }
  }

  private static int trackOfLiveSession(RunningHeyi heyi, String session) throws Exception {
    String auditor = heyi.login(heyi.links().auditor());
    String path = "/api/sessions/" + session + "/tracks/party-1-audio-1";
    return heyi.send("GET", path, null, "Cookie", auditor).status();
  }

  private void remove(ConferenceId conference) {
    BridgeClientHttp client =
        BridgeClientHttp.create(vertx, BridgeClientOptions.of(new BridgeId("test"), bridge.uri()));
    Awaiting.get(
        "recorder removed",
        RecordedRoom.LIMIT,
        client.expireEndpoint(conference, RecorderEndpoint.ID));
  }

  private ConferenceId conference() throws IOException {
    try (var recordings = Files.list(folder.resolve("data/spool"))) {
      Path facts = recordings.findFirst().orElseThrow().resolve("recording.json");
      return new ConferenceId(
          new ObjectMapper().readTree(facts.toFile()).path("conference").asText());
    }
  }
}
