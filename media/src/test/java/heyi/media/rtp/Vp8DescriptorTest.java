package heyi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 7741 §4.2")
class Vp8DescriptorTest {
  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static @Nullable Vp8Descriptor read(String hex) {
    return Vp8Descriptor.read(bytes(hex), 0, bytes(hex).length);
  }

  @Test
  void layerAndPictureIdAreRead() {
    assertThat(read("90 f0 9234 05 a1 00"))
        .isEqualTo(new Vp8Descriptor(true, 2, 15, 0x1234, 2, true));
    assertThat(read("80 a0 12 40 00")).isEqualTo(new Vp8Descriptor(false, 2, 7, 0x12, 1, false));
  }

  @Test
  void aStreamWithoutLayersIsAllBase() {
    assertThat(read("10 00")).isEqualTo(new Vp8Descriptor(true, -1, 0, 0, 0, false));
    assertThat(read("90 90 12 e7 01"))
        .as("a key index alone says nothing of layers")
        .isEqualTo(new Vp8Descriptor(false, 2, 7, 0x12, 0, false));
  }

  @Test
  void whatIsBrokenIsNotRead() {
    assertThat(read("")).isNull();
    assertThat(read("90")).isNull();
    assertThat(read("90 f0 9234 05 a1")).as("no payload").isNull();
  }

  @Test
  void thePictureIdIsReplacedInItsOwnLength() {
    byte[] longer = bytes("90 f0 9234 05 a1 00");
    Objects.requireNonNull(Vp8Descriptor.read(longer, 0, longer.length)).putPictureId(longer, -1);
    assertThat(longer).isEqualTo(bytes("90 f0 ffff 05 a1 00"));

    byte[] shorter = bytes("80 a0 12 40 00");
    Objects.requireNonNull(Vp8Descriptor.read(shorter, 0, shorter.length))
        .putPictureId(shorter, 0x81);
    assertThat(shorter).isEqualTo(bytes("80 a0 01 40 00"));
  }

  @Property
  void anythingCanBeRead(@ForAll @Size(max = 9) byte[] payload) {
    Vp8Descriptor descriptor = Vp8Descriptor.read(payload, 0, payload.length);

    assertThat(descriptor == null || descriptor.temporalLayer() <= Vp8Descriptor.TOP_LAYER)
        .isTrue();
  }
}
