package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.bot.BotOptions;
import heyi.media.bot.MediaBot;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.UdpPort;
import heyi.media.sdp.SdpException;
import heyi.recording.packaging.RecordingEvents;
import heyi.server.demo.Awaiting;
import heyi.signaling.client.RoomClient;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bridge forgets the conference of a session in mid-talk; the room begins a new one. */
@Timeout(180)
class LostConferenceTest {
  /** From the loss to a recorder that receives again, people's new connections included. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(8);

  @TempDir Path folder;
  private final Vertx bridges = Vertx.vertx();
  private final Vertx people = Vertx.vertx();
  private UdpPort port;
  private EmbeddedBridge bridge;

  @BeforeEach
  void startBridge() throws Exception {
    port = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
    bridge = Waiting.on(EmbeddedBridge.start(bridges, port, EmbeddedBridgeOptions.DEFAULT));
  }

  @AfterEach
  void stopBridge() throws Exception {
    Waiting.on(people.close());
    Waiting.on(bridge.close());
    Waiting.on(bridges.close());
    port.close();
  }

  @Test
  @DisplayName("R26: a lost conference pauses the room and goes on in the same recording")
  void theSessionGoesOnInOneRecordingThatDisclosesTheGap() throws Exception {
    Map<String, String> settings =
        Map.of("HEYI_MEDIA_BRIDGES", bridge.uri().toString(), "HEYI_MEDIA_ADDRESSES", "127.0.0.1");
    try (RunningHeyi heyi = RunningHeyi.start(folder.resolve("data"), settings);
        RecordedRoom room = new RecordedRoom(people, heyi.port(), mediatorPassword(heyi), 2);
        Forgetting late = new Forgetting(folder.resolve("data/spool"))) {
      room.talk(1);
      var paused = room.mediator().room().phase(Phase.PAUSED, RecordedRoom.LIMIT);

      Awaiting.get(
          "late party joins",
          RecordedRoom.LIMIT,
          late.room.join(
              RecordedRoom.HOST, heyi.port(), room.partySeat(2), false, RecordedRoom.LIMIT));
      Awaiting.get("the room pauses", RecordedRoom.LIMIT, paused);
      Awaiting.get(
          "the recorder receives again",
          BACK_WITHIN,
          room.mediator()
              .room()
              .state(
                  state -> state.path("recording").asText().equals("receiving"),
                  RecordedRoom.LIMIT));
      room.see("phase", "JOINT");
      room.advance(Phase.CLOSED);
      room.see("recording", "verified");

      oneRecordingHoldsBothParts(
          room.session(),
          SealedSession.open(
              people,
              heyi.port(),
              heyi.links().auditor().password().reveal(),
              room.session(),
              folder));
    }
  }

  private static void oneRecordingHoldsBothParts(String session, SealedSession sealed) {
    assertThat(sealed.trackIds())
        .contains(
            "mediator-audio-1",
            "mediator-audio-2",
            "party-1-audio-1",
            "party-1-audio-2",
            "party-2-audio-1");
    assertThat(sealed.report().findings()).isEmpty();
    assertThat(sealed.report().recordingId()).isEqualTo(session + "-1");
    assertThat(sealed.report().disclosed())
        .filteredOn(line -> line.en().startsWith(RecordingEvents.GAP))
        .singleElement()
        .asString()
        .contains("\"cause\":\"bridge\"");
  }

  private static String mediatorPassword(RunningHeyi heyi) {
    return heyi.links().mediator().password().reveal();
  }

  /** A party; just before his first answer reaches the bridge, the bridge forgets everything. */
  private final class Forgetting implements AutoCloseable {
    private final Path spool;
    private final RoomClient room = new RoomClient(people, this::answer);
    private boolean forgotten;
    private @Nullable MediaBot bot;
    private int bots;

    Forgetting(Path spool) {
      this.spool = spool;
    }

    private synchronized String answer(String offer, boolean fresh) {
      if (!forgotten) {
        forgotten = true;
        forget();
      }
      try {
        MediaBot current = bot;
        if (current == null || fresh) {
          closeBot();
          bots++;
          current =
              MediaBot.open(
                  new BotOptions(
                      new EndpointId("late-bot-" + bots),
                      InetAddress.getLoopbackAddress(),
                      BotOptions.Role.TALKER,
                      Clock.systemUTC(),
                      new SplittableRandom()));
          bot = current;
        }
        return current.answer(offer);
      } catch (IOException | SdpException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The bridge and its client run on other threads, so waiting here stops nobody. */
    private void forget() {
      BridgeClientHttp client =
          BridgeClientHttp.create(
              bridges, BridgeClientOptions.of(new BridgeId("test"), bridge.uri()));
      Awaiting.get("conference expired", RecordedRoom.LIMIT, client.expireConference(conference()));
    }

    private ConferenceId conference() {
      try (var recordings = Files.list(spool)) {
        Path facts = recordings.findFirst().orElseThrow().resolve("recording.json");
        JsonNode json = new ObjectMapper().readTree(facts.toFile());
        return new ConferenceId(json.path("conference").asText());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void closeBot() {
      MediaBot current = bot;
      if (current != null) {
        current.close();
      }
    }

    @Override
    public synchronized void close() {
      closeBot();
      room.close();
    }
  }
}
