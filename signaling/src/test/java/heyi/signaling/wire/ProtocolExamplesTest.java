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
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

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
    var mediator = new SeatSpec(new SeatId("mediator"), Role.MEDIATOR, "林调解", "mediator");
    var party = new SeatSpec(new SeatId("party-1"), Role.PARTY, "陈示例", "party-1");
    var spec = new RoomSpec(new RoomId("room-1"), "示调〔2026〕1号", List.of(mediator, party));
    var opened = RoomState.opened(spec);
    var closed =
        new RoomState(
            spec,
            Phase.CLOSED,
            null,
            null,
            null,
            RecordingLight.VERIFIED,
            Instant.EPOCH,
            opened.seats(),
            new Agreement("doc-1", "a".repeat(64), "调解协议书"),
            "b".repeat(64),
            List.of());
    var receiving =
        new RoomState(
            spec,
            Phase.PAUSED,
            PauseReason.SILENCE,
            Phase.JOINT,
            null,
            RecordingLight.RECEIVING,
            Instant.EPOCH,
            opened.seats(),
            null,
            null,
            List.of(new SilentSource(new SeatId("party-1"), MediaKind.AUDIO, true)));
    var offRecord =
        new RoomState(
            spec,
            Phase.PAUSED,
            PauseReason.OFF_RECORD,
            Phase.JOINT,
            "商业秘密",
            RecordingLight.OFF_RECORD,
            Instant.EPOCH,
            opened.seats(),
            null,
            null,
            List.of());
    return Stream.of(
        new ServerMessage.State(offRecord),
        new ServerMessage.Welcome(mediator, opened, Instant.EPOCH),
        new ServerMessage.State(closed),
        new ServerMessage.State(receiving),
        new ServerMessage.Recording(
            Stream.of(HeardSource.Standing.values())
                .map(
                    standing ->
                        new HeardSource(new SeatId("party-1"), MediaKind.VIDEO, 1L << 40, standing))
                .toList()),
        new ServerMessage.Offer("party-1-1-1", "v=0\r\n", true, IceServers.NONE),
        new ServerMessage.Offer(
            "party-1-1-1",
            "v=0\r\n",
            true,
            new IceServers(
                List.of(
                    new IceServers.Server(List.of("stun:turn.example"), null, null),
                    new IceServers.Server(List.of("turn:turn.example"), "1:room-1", "c2VjcmV0")),
                true)),
        new ServerMessage.MutedByMediator(MediaKind.AUDIO),
        new ServerMessage.DominantSpeaker(new SeatId("party-1")),
        new ServerMessage.SenderConstraint(new SourceName("party-1-1-v0"), 0),
        new ServerMessage.Quality(new SeatId("party-1"), QualityLevel.FAIR, 260, null),
        new ServerMessage.TakenOver(),
        new ServerMessage.Pong(),
        new ServerMessage.Failure(
            ErrorCode.UNAVAILABLE, "try again", "c1", "corr", Duration.ofSeconds(1)));
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
