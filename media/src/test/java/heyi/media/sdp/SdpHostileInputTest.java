package heyi.media.sdp;

import static heyi.media.sdp.SdpExamples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.dtls.DtlsSetup;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** Whatever comes, an {@link SdpException} is the worst that happens. */
class SdpHostileInputTest {
  private final String valid;

  SdpHostileInputTest() throws IOException {
    valid = SdpExamples.resource("chromium-answer.sdp");
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll @StringLength(max = 400) String text) {
    readOrRefuse(text);
    readOrRefuse("v=0\r\n" + text);
  }

  @Property(tries = 1000)
  void aDamagedDescriptionIsReadOrRefused(
      @ForAll @IntRange(max = 2000) int at,
      @ForAll @IntRange(max = 60) int length,
      @ForAll @CharRange(from = ' ', to = 'z') @StringLength(max = 20) String instead) {
    int from = Math.min(at, valid.length());
    int to = Math.min(from + length, valid.length());

    readOrRefuse(valid.substring(0, from) + instead + valid.substring(to));
  }

  private static void readOrRefuse(String text) {
    try {
      assertThat(SdpAnswer.parse(text, ALICE).sources()).hasSizeLessThanOrEqualTo(4);
    } catch (SdpException expected) {
      assertThat(expected).hasMessageNotContaining("\r");
    }
    try {
      new SdpAnswerer(ALICE, List.of())
          .answer(text, SdpExamples.transport(DtlsSetup.ACTIVE, List.of()));
    } catch (SdpException expected) {
      assertThat(expected.reason()).isNotNull();
    }
  }
}
