package heyi.media.sdp;

import static heyi.media.sdp.SdpExamples.ALICE;
import static heyi.media.sdp.SdpExamples.BOB;
import static heyi.media.sdp.SdpExamples.audio;
import static heyi.media.sdp.SdpExamples.bridge;
import static heyi.media.sdp.SdpExamples.feedback;
import static heyi.media.sdp.SdpExamples.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.SsrcGroup.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SdpOffererTest {
  private final SdpOfferer offerer = new SdpOfferer(1_795_246_785_518L);

  @Test
  void theFirstOfferIsTheOneThatBrowsersWereSeenToAccept() throws Exception {
    String offer =
        offerer.offer(bridge(), feedback(), List.of(audio(ALICE, 77), video(ALICE, 88, 99)));

    assertThat(offer).isEqualTo(SdpExamples.resource("first-offer.sdp"));
  }

  @Test
  void aSourceThatLeavesTurnsItsSectionInactiveAndTheNextOneTakesItOver() {
    offerer.offer(bridge(), feedback(), List.of(audio(ALICE, 77), video(ALICE, 88, 99)));

    String without = offerer.offer(bridge(), feedback(), List.of());
    String withBob =
        offerer.offer(bridge(), feedback(), List.of(video(BOB, 188, 199), audio(BOB, 177)));

    assertThat(sections(without))
        .extracting(each -> each.direction().word())
        .containsExactly("sendrecv", "sendrecv", "inactive", "inactive");
    assertThat(without).doesNotContain("ssrc:77").contains("a=group:BUNDLE 0 1 2 3\r\n");
    assertThat(sections(withBob))
        .extracting(each -> each.value("msid").orElse(""))
        .containsExactly("jvb jvb-a0", "jvb jvb-v0", "bob bob-a0", "bob bob-v0");
  }

  @Test
  void theVersionRisesAndTheSessionStays() {
    assertThat(offerer.offer(bridge(), List.of(), List.of()))
        .contains("o=- 1795246785518 1 IN IP4");
    assertThat(offerer.offer(bridge(), List.of(), List.of()))
        .contains("o=- 1795246785518 2 IN IP4");
  }

  @Test
  void aSourceKeepsItsSectionWhileOthersComeAndGo() {
    offerer.offer(bridge(), List.of(), List.of(audio(ALICE, 77), audio(BOB, 177)));

    String offer = offerer.offer(bridge(), List.of(), List.of(audio(BOB, 178)));

    assertThat(sections(offer).get(2).direction()).isEqualTo(Direction.INACTIVE);
    assertThat(sections(offer).get(3).values("ssrc")).contains("178 cname:bob");
  }

  @Test
  void ofASimulcastSourceOnlyTheFirstLayerIsOffered() {
    List<Ssrc> layers = Stream.of(1L, 2L, 3L, 11L, 12L, 13L).map(Ssrc::new).toList();
    MediaSource camera =
        new MediaSource(
            ALICE.source(MediaKind.VIDEO, 0),
            MediaKind.VIDEO,
            layers,
            List.of(
                new SsrcGroup(Semantics.SIM, layers.subList(0, 3)),
                new SsrcGroup(Semantics.FID, List.of(layers.get(0), layers.get(3)))));

    String offer = offerer.offer(bridge(), List.of(), List.of(new RemoteSource(ALICE, camera)));

    assertThat(offer).contains("a=ssrc-group:FID 1 11\r\n").doesNotContain("SIM");
    assertThat(offer).doesNotContain("a=ssrc:2 ").doesNotContain("a=ssrc:12 ");
  }

  @Test
  void tooManySourcesAreRefusedAndChangeNothing() {
    offerer.offer(bridge(), List.of(), List.of(audio(ALICE, 77)));
    List<RemoteSource> crowd = new ArrayList<>();
    for (int i = 0; i < SdpOfferer.MAX_SECTIONS; i++) {
      crowd.add(audio(new EndpointId("p" + i), 1000 + i));
    }

    assertThatThrownBy(() -> offerer.offer(bridge(), List.of(), crowd))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(sections(offerer.offer(bridge(), List.of(), List.of()))).hasSize(3);
  }

  private static List<SdpSection> sections(String sdp) {
    try {
      return SdpReader.read(sdp).media();
    } catch (SdpException e) {
      throw new AssertionError(e);
    }
  }
}
