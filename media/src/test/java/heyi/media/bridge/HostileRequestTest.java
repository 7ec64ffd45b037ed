package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** Damaged Colibri2 bodies, as they were seen on the wire before: read or refused, never worse. */
class HostileRequestTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "-1",
          "4294967296",
          "1e400",
          "\"\"",
          "\"\\u0000\"",
          "{}",
          "[]",
          "[null]",
          "[[]]",
          "{\"a\":{}}",
          "\"" + "x".repeat(5_000) + "\"");

  @Property(tries = 500)
  void aDamagedTextIsReadOrRefused(
      @ForAll @IntRange(max = 4) int which,
      @ForAll @IntRange(max = 4_000) int at,
      @ForAll @IntRange(max = 60) int cut,
      @ForAll @CharRange(from = ' ', to = '}') @StringLength(max = 20) String put)
      throws IOException {
    String valid = sample(which).toString();
    int from = Math.min(at, valid.length());
    String damaged =
        valid.substring(0, from) + put + valid.substring(Math.min(from + cut, valid.length()));
    JsonNode body;
    try {
      body = JSON.readTree(damaged);
    } catch (JsonProcessingException notJson) {
      return;
    }

    readOrRefused(body);
  }

  @Property(tries = 500)
  void anOddValueAnywhereIsReadOrRefused(
      @ForAll @IntRange(max = 4) int which,
      @ForAll @IntRange(max = 1_000) int where,
      @ForAll @IntRange(max = 12) int odd)
      throws IOException {
    JsonNode body = sample(which);
    List<Runnable> places = new ArrayList<>();
    collect(body, JSON.readTree(ODD.get(odd)), places);
    places.get(where % places.size()).run();

    readOrRefused(body);
  }

  private static void readOrRefused(JsonNode body) {
    try {
      ConferenceRequest request = ConferenceRequest.read(body);
      assertThat(request.changes()).hasSizeLessThanOrEqualTo(64);
    } catch (BridgeRefusal refusal) {
      assertThat(refusal.httpStatus()).isEqualTo(400);
      assertThat(refusal.getMessage()).isNotBlank();
    }
  }

  /** One replacement for each value of the body. */
  private static void collect(JsonNode node, JsonNode value, List<Runnable> places) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(
                  field -> {
                    places.add(() -> object.set(field.getKey(), value));
                    collect(field.getValue(), value, places);
                  });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          int index = i;
          places.add(() -> array.set(index, value));
          collect(array.get(i), value, places);
        }
      }
      default -> {}
    }
  }

  private static JsonNode sample(int which) throws IOException {
    String name = which % 2 == 0 ? "create-conference.json" : "update-endpoint.json";
    try (InputStream in =
        HostileRequestTest.class.getResourceAsStream("/heyi/media/colibri2/" + name)) {
      return JSON.readTree(in);
    }
  }
}
