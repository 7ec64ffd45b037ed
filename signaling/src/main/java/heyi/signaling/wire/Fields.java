package heyi.signaling.wire;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.SourceName;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one message, and says precisely what is wrong with one. */
final class Fields {
  private final JsonNode message;
  private final @Nullable String id;

  Fields(JsonNode message, @Nullable String id) {
    this.message = message;
    this.id = id;
  }

  @Nullable String id() {
    return id;
  }

  String text(String field, int maxLength) throws WireException {
    var node = message.get(field);
    if (node == null || !node.isTextual()) {
      throw malformed("'" + field + "' must be a text");
    }
    var value = node.textValue();
    if (value.isEmpty() || value.length() > maxLength) {
      throw malformed("'" + field + "' must have 1 to " + maxLength + " characters");
    }
    return value;
  }

  String sha256(String field) throws WireException {
    var value = text(field, 64);
    if (!value.matches("[0-9a-f]{64}")) {
      throw malformed("'" + field + "' must have 64 hexadecimal digits");
    }
    return value;
  }

  boolean flag(String field) throws WireException {
    var node = message.get(field);
    if (node == null || !node.isBoolean()) {
      throw malformed("'" + field + "' must be true or false");
    }
    return node.booleanValue();
  }

  int integer(String field, int least, int most) throws WireException {
    var node = message.get(field);
    if (node == null || !node.canConvertToInt() || !node.isIntegralNumber()) {
      throw malformed("'" + field + "' must be a whole number");
    }
    var value = node.intValue();
    if (value < least || value > most) {
      throw malformed("'" + field + "' must be " + least + " to " + most);
    }
    return value;
  }

  boolean has(String field) {
    return message.hasNonNull(field);
  }

  @Nullable Integer optionalInteger(String field, int min, int max) throws WireException {
    var node = message.get(field);
    return node == null || node.isNull() ? null : Integer.valueOf(integer(field, min, max));
  }

  SeatId seat(String field) throws WireException {
    try {
      return new SeatId(text(field, 64));
    } catch (IllegalArgumentException e) {
      throw malformed("'" + field + "' is not a seat id");
    }
  }

  @Nullable RoomId optionalRoom(String field) throws WireException {
    try {
      return has(field) ? new RoomId(text(field, 64)) : null;
    } catch (IllegalArgumentException e) {
      throw malformed("'" + field + "' is not a room id");
    }
  }

  SourceName sourceName(String field) throws WireException {
    try {
      return new SourceName(text(field, 128));
    } catch (IllegalArgumentException e) {
      throw malformed("'" + field + "' is not the name of a source");
    }
  }

  <E extends Enum<E>> E oneOf(String field, E[] values) throws WireException {
    var text = text(field, 32);
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    var names = Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    throw malformed("'" + field + "' must be one of " + names);
  }

  <E extends Enum<E>> @Nullable E optionalOneOf(String field, E[] values) throws WireException {
    var node = message.get(field);
    return node == null || node.isNull() ? null : oneOf(field, values);
  }

  /** The elements of an array; none when the field is absent. */
  Iterable<JsonNode> optionalArray(String field, int maxSize) throws WireException {
    var node = message.get(field);
    if (node == null || node.isNull()) {
      return List.of();
    }
    if (!node.isArray() || node.size() > maxSize) {
      throw malformed("'" + field + "' must be a list of at most " + maxSize);
    }
    return node;
  }

  WireException malformed(String message) {
    return new WireException(ErrorCode.MALFORMED, message, id);
  }
}
