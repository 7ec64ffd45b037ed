package heyi.signaling.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Hostile room messages")
class HostileMessagesTest {
  private static final List<String> EXAMPLES = examples();

  private final ClientMessageDecoder decoder = new ClientMessageDecoder();

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll String text) {
    readOrRefused(text);
  }

  @Property(tries = 500)
  void anyFieldsAreReadOrRefused(@ForAll String type, @ForAll String value) {
    var quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
    readOrRefused("{\"type\":\"join\",\"seatToken\":\"" + quoted + "\",\"resume\":" + type + "}");
    readOrRefused("{\"type\":\"mute-seat\",\"seatId\":\"" + quoted + "\",\"kind\":\"audio\"}");
  }

  /** The examples are real messages; most damage leaves them JSON, so it gets past the parser. */
  @Property(tries = 1000)
  void aDamagedMessageIsReadOrRefused(
      @ForAll @IntRange(max = 1_000) int which,
      @ForAll @IntRange(max = 1_000) int at,
      @ForAll @IntRange(max = 12) int cut,
      @ForAll @CharRange(from = ' ', to = '}') @StringLength(max = 6) String put)
      throws IOException {
    var valid = EXAMPLES.get(which % EXAMPLES.size());
    var from = at % valid.length();

    readOrRefused(
        valid.substring(0, from) + put + valid.substring(Math.min(from + cut, valid.length())));
  }

  private static List<String> examples() {
    try (Stream<Path> files = Files.walk(Path.of("../api/room/examples/valid/client"))) {
      var texts = new ArrayList<String>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nestingIsBounded() {
    assertThatThrownBy(() -> decoder.decode("[".repeat(50_000)))
        .isInstanceOfSatisfying(
            WireException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED));
  }

  @Test
  void sizeIsBounded() {
    var text = "{\"type\":\"ping\",\"x\":\"" + "x".repeat(70_000) + "\"}";

    assertThatThrownBy(() -> decoder.decode(text))
        .isInstanceOfSatisfying(
            WireException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }

  @Test
  void aRefusalNamesTheMessageItAnswers() {
    assertThatThrownBy(() -> decoder.decode("{\"type\":\"dance\",\"id\":\"c5\"}"))
        .isInstanceOfSatisfying(
            WireException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_TYPE);
              assertThat(e.replyTo()).isEqualTo("c5");
            });
  }

  private void readOrRefused(String text) {
    try {
      assertThat(decoder.decode(text)).isNotNull();
    } catch (WireException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
