package heyi.signaling.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.media.colibri2.VideoConstraints;
import heyi.signaling.room.Background;
import heyi.signaling.room.Consent;
import heyi.signaling.room.PauseReason;
import heyi.signaling.room.Phase;
import heyi.signaling.room.TranscriptLimits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;

/**
 * Reads one message of a client, strictly. Unknown fields are ignored, so that an older server
 * understands a newer page.
 *
 * <p><b>Threads:</b> any; immutable.
 */
public final class ClientMessageDecoder {
  /** An answer for eight seats has about 20 KiB; nothing else comes near. */
  public static final int MAX_CHARACTERS = 64 * 1024;

  private static final int MAX_DEPTH = 8;
  private static final int MAX_ID = 64;
  private static final int MAX_REASON = 500;
  private static final int MAX_ENTRY = TranscriptLimits.MAX_ENTRIES;

  /** Read by everybody on a phone. */
  private static final int MAX_WHY = 200;

  /** Camera and screen of eight seats, twice. */
  private static final int MAX_VIEWED = 32;

  private static final ObjectMapper MAPPER = strictMapper();

  private static ObjectMapper strictMapper() {
    var limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(MAX_CHARACTERS)
            .maxNameLength(MAX_ID)
            .build();
    return new ObjectMapper(JsonFactory.builder().streamReadConstraints(limits).build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * Reads a message.
   *
   * @throws WireException when it cannot be used
   */
  public ClientMessage decode(String text) throws WireException {
    if (text.length() > MAX_CHARACTERS) {
      throw new WireException(
          ErrorCode.TOO_LARGE, "a message has at most " + MAX_CHARACTERS + " characters", null);
    }
    var message = parse(text);
    var idNode = message.get("id");
    var readable = idNode != null && idNode.isTextual() && idNode.textValue().length() <= MAX_ID;
    var fields = new Fields(message, readable ? idNode.textValue() : null);
    if (idNode != null && !readable) {
      throw fields.malformed("'id' must be a text of at most " + MAX_ID + " characters");
    }
    return decode(fields.text("type", 32), fields);
  }

  private static ClientMessage decode(String type, Fields in) throws WireException {
    return switch (type) {
      case "join" ->
          new ClientMessage.Join(
              in.id(),
              in.text("seatToken", 128),
              in.flag("resume"),
              in.optionalInteger("lastSeq", 0, Integer.MAX_VALUE),
              consents(in));
      case "answer" ->
          new ClientMessage.Answer(
              in.id(), in.text("offerId", MAX_ID), in.text("sdp", MAX_CHARACTERS));
      case "mute" ->
          new ClientMessage.Mute(in.id(), in.oneOf("kind", MediaKind.values()), in.flag("muted"));
      case "mute-seat" ->
          new ClientMessage.MuteSeat(
              in.id(), in.seat("seatId"), in.oneOf("kind", MediaKind.values()));
      case "advance" ->
          new ClientMessage.Advance(
              in.id(),
              in.oneOf("to", Phase.values()),
              in.optionalOneOf("reason", PauseReason.ofMediators()));
      case "off-record" -> new ClientMessage.OffRecord(in.id(), why(in));
      case "open-caucus" -> new ClientMessage.OpenCaucus(in.id(), in.seat("seatId"));
      case "end-caucus" -> new ClientMessage.EndCaucus(in.id());
      case "background" -> new ClientMessage.BackgroundNow(in.id(), background(in));
      case "confirm-agreement" ->
          new ClientMessage.ConfirmAgreement(
              in.id(), in.text("documentId", MAX_ID), in.sha256("sha256"));
      case "decline-agreement" ->
          new ClientMessage.DeclineAgreement(
              in.id(), in.text("documentId", MAX_ID), in.text("reason", MAX_REASON));
      case "renegotiate" -> new ClientMessage.Renegotiate(in.id());
      case "media-failed" -> new ClientMessage.MediaFailed(in.id(), in.text("reason", MAX_REASON));
      case "viewing" -> new ClientMessage.Viewing(in.id(), viewing(in));
      case "quality" -> new ClientMessage.Quality(in.id(), QualityReader.read(in));
      case "transcript-line",
          "transcript-correction",
          "transcript-strike",
          "transcript-objection",
          "transcript-refusal",
          "transcript-reading" ->
          new ClientMessage.Transcribe(
              in.id(), in.optionalRoom("roomId"), TranscriptionReader.read(type, in));
      case "transcript-since" ->
          new ClientMessage.TranscriptSince(in.id(), in.integer("after", 0, MAX_ENTRY));
      case "leave" -> new ClientMessage.Leave(in.id());
      case "ping" -> new ClientMessage.Ping(in.id());
      default ->
          throw new WireException(ErrorCode.UNKNOWN_TYPE, "there is no such message", in.id());
    };
  }

  private JsonNode parse(String text) throws WireException {
    try {
      var node = MAPPER.readTree(text);
      if (node == null || !node.isObject()) {
        throw new WireException(ErrorCode.MALFORMED, "a message is a JSON object", null);
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new WireException(ErrorCode.MALFORMED, "the message is not JSON", null);
    }
  }

  private static String why(Fields in) throws WireException {
    var why = in.text("why", MAX_WHY).strip();
    if (why.isEmpty()) {
      throw in.malformed("'why' must say something");
    }
    return why;
  }

  private static Background background(Fields in) throws WireException {
    var interrupted = EnumSet.noneOf(MediaKind.class);
    for (JsonNode node : in.optionalArray("interrupted", MediaKind.values().length)) {
      switch (node.asText()) {
        case "audio" -> interrupted.add(MediaKind.AUDIO);
        case "video" -> interrupted.add(MediaKind.VIDEO);
        default -> throw in.malformed("'interrupted' must hold audio and video only");
      }
    }
    return new Background(in.flag("hidden"), interrupted);
  }

  private static VideoConstraints viewing(Fields in) throws WireException {
    var heights = new HashMap<SourceName, Integer>();
    for (JsonNode node : in.optionalArray("sources", MAX_VIEWED)) {
      if (!node.isObject()) {
        throw in.malformed("'sources' must hold objects");
      }
      var source = new Fields(node, in.id());
      heights.put(source.sourceName("source"), height(source, "maxHeight"));
    }
    return new VideoConstraints(height(in, "defaultMaxHeight"), heights);
  }

  private static int height(Fields in, String field) throws WireException {
    return in.integer(field, 0, VideoConstraints.BEST_HEIGHT);
  }

  private static List<Consent> consents(Fields in) throws WireException {
    var consents = new ArrayList<Consent>();
    for (JsonNode node : in.optionalArray("consents", 8)) {
      if (!node.isObject()) {
        throw in.malformed("'consents' must hold objects");
      }
      var consent = new Fields(node, in.id());
      consents.add(
          new Consent(
              consent.oneOf("purpose", Consent.Purpose.values()),
              consent.text("version", Consent.MAX_VERSION_LENGTH),
              consent.flag("accepted")));
    }
    return consents;
  }
}
