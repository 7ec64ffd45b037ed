package heyi.media.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One {@code m=} section as it was read, or the part before the first one.
 *
 * @param mediaLine the whole {@code m=} line; empty for the session part
 * @param attributes its {@code a=} lines in order
 */
record SdpSection(String mediaLine, List<Attribute> attributes) {
  /**
   * One {@code a=} line.
   *
   * @param name before the colon
   * @param value after the colon, empty for a flag
   */
  record Attribute(String name, String value) {}

  SdpSection {
    attributes = List.copyOf(attributes);
  }

  Stream<String> values(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(name))
        .map(Attribute::value);
  }

  Optional<String> value(String name) {
    return values(name).findFirst();
  }

  boolean has(String name) {
    return value(name).isPresent();
  }

  /** The words of the {@code m=} line: media, port, protocol, formats. */
  List<String> mediaWords() {
    return List.of(mediaLine.substring(2).split(" ", -1));
  }

  boolean isRefused() {
    return "0".equals(mediaWords().get(1)) && !has("bundle-only");
  }

  Direction direction() {
    for (Direction direction : Direction.values()) {
      if (has(direction.word())) {
        return direction;
      }
    }
    return Direction.SENDRECV;
  }
}
