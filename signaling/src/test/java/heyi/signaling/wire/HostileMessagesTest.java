package heyi.signaling.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Hostile room messages")
class HostileMessagesTest {
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
