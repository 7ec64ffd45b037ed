package heyi.signaling.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.signaling.quality.QualityLevel;
import heyi.signaling.room.Agreement;
import heyi.signaling.room.HeardSource;
import heyi.signaling.room.Pause;
import heyi.signaling.room.PauseReason;
import heyi.signaling.room.Phase;
import heyi.signaling.room.RecordingLight;
import heyi.signaling.room.Role;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.RoomSpec;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.SeatSpec;
import heyi.signaling.room.SilentSource;
import heyi.signaling.room.Transcript;
import heyi.signaling.room.TranscriptEntry;
import heyi.signaling.turn.IceServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("api/room: schemas, examples and code agree")
class ProtocolExamplesTest {
  private static final Path API = Path.of("..", "api", "room");
  private static final SeatId MEDIATOR = new SeatId("mediator");
  private static final SeatId PARTY = new SeatId("party-1");
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /** One entry of each kind. */
  private static final Transcript TRANSCRIPT =
      new Transcript(
          List.of(
              new TranscriptEntry.Line(
                  1, Instant.EPOCH, MEDIATOR, "k-1", Instant.EPOCH, PARTY, "欠款本金为12,345.67元。"),
              new TranscriptEntry.Objection(2, Instant.EPOCH, PARTY, 1, "利息没有写。"),
              new TranscriptEntry.Correction(
                  3, Instant.EPOCH, MEDIATOR, 1, PARTY, "本息合计12,345.67元。", "补正", 2),
              new TranscriptEntry.Line(
                  4, Instant.EPOCH, MEDIATOR, "k-2", Instant.EPOCH, null, "休息"),
              new TranscriptEntry.Strike(5, Instant.EPOCH, MEDIATOR, 4, "误记", null),
              new TranscriptEntry.Objection(6, Instant.EPOCH, PARTY, 3, "不是本息。"),
              new TranscriptEntry.Refusal(7, Instant.EPOCH, MEDIATOR, 6, "经回放，记录无误。"),
              new TranscriptEntry.Reading(8, Instant.EPOCH, PARTY, 5)));

  @ParameterizedTest
  @MethodSource("validFromClients")
  void aValidClientMessageFitsItsSchemaAndIsRead(Path example) throws Exception {
    var text = Files.readString(example);

    assertThat(schema("client", example).validate(text, InputFormat.JSON)).isEmpty();
    assertThat(new ClientMessageDecoder().decode(text)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("invalidFromClients")
  void anInvalidClientMessageFitsNeither(Path example) throws Exception {
    var text = Files.readString(example);

    assertThat(schema("client", example).validate(text, InputFormat.JSON)).isNotEmpty();
    assertThatThrownBy(() -> new ClientMessageDecoder().decode(text))
        .isInstanceOf(WireException.class);
  }

  @ParameterizedTest
  @MethodSource("validFromServers")
  void aValidServerMessageFitsItsSchema(Path example) throws Exception {
    assertThat(schema("server", example).validate(Files.readString(example), InputFormat.JSON))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalidFromServers")
  void anInvalidServerMessageDoesNot(Path example) throws Exception {
    assertThat(schema("server", example).validate(Files.readString(example), InputFormat.JSON))
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyServerMessage")
  void whatTheRoomWritesFitsItsSchema(ServerMessage message) throws Exception {
    var text = ServerMessageEncoder.encode(message, 1);
    var type = new ObjectMapper().readTree(text).get("type");

    assertThat(schema("server", type.textValue()).validate(text, InputFormat.JSON)).isEmpty();
  }

  @Test
  void everyErrorCodeStandsInTheSchema() throws Exception {
    var schema = Files.readString(API.resolve("server/error.schema.json"));

    for (ErrorCode code : ErrorCode.values()) {
      assertThat(schema).contains('"' + code.wireName() + '"');
    }
  }

  static Stream<ServerMessage> everyServerMessage() {
    var mediator = new SeatSpec(MEDIATOR, Role.MEDIATOR, "林调解", "mediator");
    var party = new SeatSpec(PARTY, Role.PARTY, "陈示例", "party-1");
    var spec = new RoomSpec(new RoomId("room-1"), "示调〔2026〕1号", List.of(mediator, party));
    var opened = RoomState.opened(spec);
    var others =
        Stream.<ServerMessage>of(
            new ServerMessage.Welcome(mediator, opened, Instant.EPOCH),
            new ServerMessage.Recording(
                Stream.of(HeardSource.Standing.values())
                    .map(standing -> new HeardSource(PARTY, MediaKind.VIDEO, 1L << 40, standing))
                    .toList()),
            new ServerMessage.Offer("party-1-1-1", "v=0\r\n", true, IceServers.NONE),
            new ServerMessage.Offer(
                "party-1-1-1",
                "v=0\r\n",
                true,
                new IceServers(
                    List.of(
                        new IceServers.Server(List.of("stun:turn.example"), null, null),
                        new IceServers.Server(
                            List.of("turn:turn.example"), "1:room-1", "c2VjcmV0")),
                    true)),
            new ServerMessage.MutedByMediator(MediaKind.AUDIO),
            new ServerMessage.DominantSpeaker(PARTY),
            new ServerMessage.SenderConstraint(new SourceName("party-1-1-v0"), 0),
            new ServerMessage.Quality(PARTY, QualityLevel.FAIR, 260, null),
            new ServerMessage.Transcript(TRANSCRIPT.entries(), TRANSCRIPT.size()),
            new ServerMessage.TakenOver(),
            new ServerMessage.Pong(),
            new ServerMessage.Failure(
                ErrorCode.UNAVAILABLE, "try again", "c1", "corr", Duration.ofSeconds(1)));
    return Stream.concat(rooms(opened).map(ServerMessage.State::new), others);
  }

  /** Closed, paused for the recorder's sake, off the record, with a private talk beside it. */
  private static Stream<RoomState> rooms(RoomState opened) {
    var closed =
        new RoomState(
            opened.spec(),
            Phase.CLOSED,
            null,
            RecordingLight.VERIFIED,
            Instant.EPOCH,
            opened.seats(),
            new Agreement("doc-1", "a".repeat(64), "调解协议书"),
            "b".repeat(64),
            List.of(),
            TRANSCRIPT,
            1);
    var receiving =
        new RoomState(
            opened.spec(),
            Phase.PAUSED,
            new Pause(PauseReason.SILENCE, Phase.JOINT),
            RecordingLight.RECEIVING,
            Instant.EPOCH,
            opened.seats(),
            null,
            null,
            List.of(new SilentSource(PARTY, MediaKind.AUDIO, true)),
            Transcript.EMPTY,
            0);
    var offRecord =
        new RoomState(
            opened.spec(),
            Phase.PAUSED,
            new Pause(PauseReason.OFF_RECORD, Phase.JOINT, "商业秘密"),
            RecordingLight.OFF_RECORD,
            Instant.EPOCH,
            opened.seats(),
            null,
            null,
            List.of(),
            Transcript.EMPTY,
            0);
    var caucus =
        new RoomState(
            opened.spec(),
            Phase.PAUSED,
            Pause.caucus(Phase.JOINT, PARTY),
            RecordingLight.RECEIVING,
            Instant.EPOCH,
            opened.seats(),
            null,
            null,
            List.of(),
            Transcript.EMPTY,
            1);
    return Stream.of(closed, receiving, offRecord, caucus);
  }

  static Stream<Path> validFromClients() throws IOException {
    return examples("valid/client");
  }

  static Stream<Path> invalidFromClients() throws IOException {
    return examples("invalid/client");
  }

  static Stream<Path> validFromServers() throws IOException {
    return examples("valid/server");
  }

  static Stream<Path> invalidFromServers() throws IOException {
    return examples("invalid/server");
  }

  private static Stream<Path> examples(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(API.resolve("examples").resolve(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  private static Schema schema(String side, Path example) throws IOException {
    return schema(side, example.getParent().getFileName().toString());
  }

  private static Schema schema(String side, String type) throws IOException {
    return SCHEMAS.getSchema(Files.readString(API.resolve(side).resolve(type + ".schema.json")));
  }
}
