package heyi.media.colibri2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.ice.TransportDescription;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Bodies as they were seen on the wire between a focus and Jitsi Videobridge 2.3. */
class ColibriJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final EndpointId ALICE = new EndpointId("alice");

  @Test
  void theRequestForAConferenceIsTheOneThatJitsiVideobridgeAccepts() throws Exception {
    assertThat(reread(ColibriRequests.createConference(new ConferenceId("room-1"), ALICE)))
        .isEqualTo(golden("create-conference.json"));
  }

  @Test
  void theRequestForSourcesIsTheOneThatJitsiVideobridgeAccepts() throws Exception {
    TransportDescription transport = TransportJson.read(browserTransport());

    assertThat(reread(ColibriRequests.update(ALICE, transport, sources())))
        .isEqualTo(golden("update-endpoint.json"));
  }

  @Test
  void theAnswerOfJitsiVideobridgeIsUnderstood() throws Exception {
    JsonNode answer = golden("allocated.json");

    TransportDescription transport =
        TransportJson.read(answer.at("/endpoints/0/transport/transport"));

    assertThat(transport.ufrag()).isEqualTo("797rb1k7ugo10v");
    assertThat(transport.candidates()).hasSize(1);
    assertThat(transport.candidates().getFirst().port()).isEqualTo(10_000);
    assertThat(transport.webSockets())
        .containsExactly(URI.create("ws://127.0.0.1:9090/colibri-ws/jvb1/30feb3/alice?pwd=vaGp"));
    assertThat(SourcesJson.read(answer.path("sources")))
        .extracting(source -> source.name().value())
        .containsExactly("jvb-a0", "jvb-v0");
  }

  @Test
  void sourcesSurviveTheJourney() throws Exception {
    assertThat(SourcesJson.read(SourcesJson.write(sources()))).isEqualTo(sources());
  }

  @Test
  void anSsrcThatIsNoNumberIsRefused() throws Exception {
    JsonNode list =
        JSON.readTree("[{\"type\":\"audio\",\"id\":\"a\",\"sources\":[{\"ssrc\":\"7\"}]}]");

    assertThatThrownBy(() -> SourcesJson.read(list)).isInstanceOf(ColibriFormatException.class);
  }

  @Property(tries = 500)
  void aDamagedAnswerIsReadOrRefused(
      @ForAll @IntRange(max = 900) int at,
      @ForAll @IntRange(max = 40) int length,
      @ForAll @StringLength(max = 10) String instead)
      throws IOException {
    String whole = golden("allocated.json").toString();
    int from = Math.min(at, whole.length());
    String damaged =
        whole.substring(0, from)
            + instead
            + whole.substring(Math.min(from + length, whole.length()));
    JsonNode node;
    try {
      node = JSON.readTree(damaged);
    } catch (IOException _) {
      return;
    }
    try {
      TransportJson.read(node.at("/endpoints/0/transport/transport"));
      SourcesJson.read(node.path("sources"));
    } catch (ColibriFormatException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }

  private static JsonNode browserTransport() throws IOException {
    return golden("update-endpoint.json").at("/endpoints/0/transport/transport");
  }

  private static List<MediaSource> sources() {
    List<Ssrc> camera = List.of(new Ssrc(1_965_438_763), new Ssrc(247_538_974));
    return List.of(
        new MediaSource(
            new SourceName("alice-a0"),
            MediaKind.AUDIO,
            List.of(new Ssrc(2_820_322_852L)),
            List.of()),
        new MediaSource(
            new SourceName("alice-v0"),
            MediaKind.VIDEO,
            camera,
            List.of(new SsrcGroup(SsrcGroup.Semantics.FID, camera))));
  }

  /** As the bridge reads it: long nodes that fit become int nodes, as in the golden file. */
  private static JsonNode reread(JsonNode written) throws IOException {
    return JSON.readTree(written.toString());
  }

  private static JsonNode golden(String name) throws IOException {
    try (InputStream in = ColibriJsonTest.class.getResourceAsStream(name)) {
      return JSON.readTree(in);
    }
  }
}
