package heyi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 7741 §4.2")
class Vp8PayloadTest {
  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static boolean keyframe(String hex) {
    return Vp8Payload.beginsKeyframe(bytes(hex), 0, bytes(hex).length);
  }

  @Test
  void theFirstPacketOfAKeyframeIsKnown() {
    assertThat(keyframe("10 10 02 00 9d 01 2a")).isTrue();
    assertThat(keyframe("90 80 1234 00 00")).as("short picture id 0x12, then 0x34").isTrue();
    assertThat(keyframe("90 80 9234 10 00")).as("long picture id").isTrue();
  }

  @Test
  void otherPacketsAreNotTaken() {
    assertThat(keyframe("10 11 02 00")).as("predicted frame").isFalse();
    assertThat(keyframe("00 10 02 00")).as("continuation").isFalse();
    assertThat(keyframe("11 10 02 00")).as("other partition").isFalse();
    assertThat(keyframe("")).isFalse();
    assertThat(keyframe("90")).isFalse();
    assertThat(keyframe("90 f0 80 01 01 01")).as("descriptor without payload").isFalse();
  }

  @Test
  void theDescriptorIsMeasured() {
    byte[] all = bytes("90 f0 8001 05 41 00");

    assertThat(Vp8Payload.descriptorLength(all, 0, all.length)).isEqualTo(6);
  }
}
