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
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
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
  private static final Duration LIMIT = Duration.ofSeconds(30);

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
        ScriptedParticipant mediator = person("mediator");
        ScriptedParticipant first = person("party-1");
        Forgetting second = new Forgetting(folder.resolve("data/spool"))) {
      mediator.join("127.0.0.1", heyi.port(), mediatorSeat(heyi));
      first.join("127.0.0.1", heyi.port(), partySeat(heyi, 0));
      advance(mediator, Phase.OPENING);
      see(mediator, "recording", "receiving");
      advance(mediator, Phase.JOINT);

      Awaiting.get(
          "late party joins",
          LIMIT,
          second.room.join("127.0.0.1", heyi.port(), partySeat(heyi, 1), false, LIMIT));
      see(mediator, "phase", "PAUSED");
      Awaiting.get(
          "the recorder receives again",
          BACK_WITHIN,
          mediator.room().state(room -> text(room, "recording").equals("receiving"), LIMIT));
      advance(mediator, Phase.JOINT);
      advance(mediator, Phase.CLOSED);
      see(mediator, "recording", "sealed");

      oneRecordingHoldsBothParts(heyi);
    }
  }

  private void oneRecordingHoldsBothParts(RunningHeyi heyi) throws Exception {
    String path = "/api/sessions/" + heyi.links().session().value();
    String cookie = heyi.login(heyi.links().auditor());
    JsonNode replay = heyi.send("GET", path, null, "Cookie", cookie).json();
    List<String> tracks =
        StreamSupport.stream(replay.path("tracks").spliterator(), false)
            .map(track -> track.path("trackId").asText())
            .toList();
    VerificationReport report = EvidenceVerifier.verify(evidence(heyi, path));

    assertThat(tracks)
        .contains(
            "mediator-audio-1",
            "mediator-audio-2",
            "party-1-audio-1",
            "party-1-audio-2",
            "party-2-audio-1");
    assertThat(report.findings()).isEmpty();
    assertThat(report.recordingId()).isEqualTo(heyi.links().session().value() + "-1");
    assertThat(report.disclosed())
        .filteredOn(line -> line.startsWith(RecordingEvents.GAP))
        .singleElement()
        .asString()
        .contains("\"cause\":\"bridge\"");
  }

  private Path evidence(RunningHeyi heyi, String path) throws IOException {
    try (ApiClient auditor = new ApiClient(people, "127.0.0.1", heyi.port())) {
      DemoData.Login login = heyi.links().auditor();
      auditor.login(login.user(), login.password().reveal());
      return Files.write(folder.resolve("evidence.zip"), auditor.bytes(path + "/package"));
    }
  }

  private String mediatorSeat(RunningHeyi heyi) {
    try (ApiClient client = new ApiClient(people, "127.0.0.1", heyi.port())) {
      DemoData.Login login = heyi.links().mediator();
      client.login(login.user(), login.password().reveal());
      String path = "/api/sessions/" + heyi.links().session().value() + "/seat";
      return client.post(path, ApiClient.object()).get("seatToken").asText();
    }
  }

  private String partySeat(RunningHeyi heyi, int party) {
    try (ApiClient phone = new ApiClient(people, "127.0.0.1", heyi.port())) {
      String token = heyi.links().parties().get(party).token().reveal();
      return phone
          .post("/api/invitations/redeem", ApiClient.object().put("token", token))
          .get("seatToken")
          .asText();
    }
  }

  private ScriptedParticipant person(String label) {
    return new ScriptedParticipant(people, label, Clock.systemUTC(), new SplittableRandom());
  }

  private static void advance(ScriptedParticipant mediator, Phase to) {
    mediator.room().advance(to);
    see(mediator, "phase", to.name());
  }

  private static void see(ScriptedParticipant person, String field, String value) {
    Awaiting.get(
        field + " is " + value,
        LIMIT,
        person.room().state(room -> text(room, field).equals(value), LIMIT));
  }

  private static String text(JsonNode room, String field) {
    return room.path(field).asText();
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
      Awaiting.get("conference expired", LIMIT, client.expireConference(conference()));
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
