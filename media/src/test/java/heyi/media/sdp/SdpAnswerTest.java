package heyi.media.sdp;

import static heyi.media.sdp.SdpExamples.ALICE;
import static heyi.media.sdp.SdpExamples.BOB;
import static heyi.media.sdp.SdpExamples.audio;
import static heyi.media.sdp.SdpExamples.bridge;
import static heyi.media.sdp.SdpExamples.feedback;
import static heyi.media.sdp.SdpExamples.transport;
import static heyi.media.sdp.SdpExamples.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.dtls.DtlsSetup;
import heyi.media.sdp.SdpAnswerer.Answered;
import heyi.media.sdp.SdpException.Reason;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpAnswerTest {
  private final String chromium;

  SdpAnswerTest() throws Exception {
    chromium = SdpExamples.resource("chromium-answer.sdp");
  }

  @Test
  void aBrowsersAnswerYieldsTransportAndSources() throws Exception {
    SdpAnswer answer = SdpAnswer.parse(chromium, ALICE);

    assertThat(answer.transport().ufrag()).isEqualTo("6Is0");
    assertThat(answer.transport().setup()).isEqualTo(DtlsSetup.ACTIVE);
    assertThat(answer.transport().candidates()).isEmpty();
    assertThat(answer.sources())
        .extracting(source -> source.name().value())
        .containsExactly("alice-a0", "alice-v0");
    MediaSource camera = answer.sources().getLast();
    assertThat(camera.primary()).isEqualTo(new Ssrc(1_965_438_763));
    assertThat(camera.retransmissionOf(camera.primary())).contains(new Ssrc(247_538_974));
  }

  @Test
  void aListenersAnswerHasNoSources() throws Exception {
    String listening = chromium.replace("a=sendrecv", "a=recvonly").replaceAll("a=ssrc.*\r\n", "");

    assertThat(SdpAnswer.parse(listening, ALICE).sources()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "v=0, x=0, MALFORMED",
    "a=setup:active, a=setup:actpass, NO_TRANSPORT",
    "a=ice-ufrag:6Is0, a=ice-ufrag:6 0, NO_TRANSPORT",
    "a=fingerprint:sha-256, a=fingerprint:md5, NO_TRANSPORT",
    "a=rtcp-mux, a=rtcp-mix, UNSUPPORTED",
    "a=group:BUNDLE 0 1 2, a=group:BUNDLE 0, UNSUPPORTED",
    "a=rtpmap:111 opus, a=rtpmap:111 PCMU, UNSUPPORTED",
    "a=mid:1, a=mid:0, MALFORMED",
    "a=ssrc:2820322852, a=ssrc:28203228520, MALFORMED",
    "a=ssrc:2820322852, a=ssrc:1965438763, BAD_SOURCES",
    "FID 1965438763 247538974, FID 1965438763, BAD_SOURCES",
  })
  void eachFaultHasItsReason(String right, String wrong, Reason reason) {
    assertThat(chromium).contains(right);

    assertThatThrownBy(() -> SdpAnswer.parse(chromium.replace(right, wrong), ALICE))
        .asInstanceOf(InstanceOfAssertFactories.type(SdpException.class))
        .extracting(SdpException::reason)
        .isEqualTo(reason);
  }

  @Test
  void anEndlessDescriptionIsRefused() {
    assertThatThrownBy(() -> SdpAnswer.parse("v=0\r\n" + "a=x\r\n".repeat(10_000), ALICE))
        .asInstanceOf(InstanceOfAssertFactories.type(SdpException.class))
        .extracting(SdpException::reason)
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void aBotsAnswerIsUnderstoodAndItLearnsWhatIsOffered() throws Exception {
    List<RemoteSource> bobs = List.of(audio(BOB, 177), video(BOB, 188, 199));
    List<MediaSource> own = List.of(audio(ALICE, 77).source(), video(ALICE, 88, 99).source());
    String offer = new SdpOfferer(1).offer(bridge(), feedback(), bobs);

    Answered answered =
        new SdpAnswerer(ALICE, own).answer(offer, transport(DtlsSetup.ACTIVE, List.of()));

    assertThat(answered.bridge()).isEqualTo(bridge());
    assertThat(answered.remote()).isEqualTo(bobs);
    assertThat(SdpAnswer.parse(answered.sdp(), ALICE).sources()).isEqualTo(own);
  }
}
