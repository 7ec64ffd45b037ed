package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.MediaProfile;
import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.RtpPacketWriter;
import heyi.media.rtp.Vp8Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 7741 §4.2: temporal layers")
class LayerGateTest {
  /** The layers of libvpx's frames, and which of them may be joined at. */
  private static final int[] PATTERN = {0, 2, 1, 2};

  private static final int KEY = 99;
  private static final int FRAMES = 40;
  private static final int START = 65_520;

  private final LayerGate gate = new LayerGate();
  private int number = START;
  private int picture = 0x7FF0;

  /** A packet as it comes, and what the receiver is to be told of it. */
  private record Packet(byte[] bytes, Vp8Descriptor descriptor) {
    static Packet of(byte[] bytes) {
      RtpHeader header = Objects.requireNonNull(RtpHeader.parse(bytes, 0, bytes.length));
      return new Packet(
          bytes,
          Objects.requireNonNull(
              Vp8Descriptor.read(bytes, header.payloadOffset(), header.payloadLength())));
    }

    int number() {
      return Bits.u16(bytes, 2);
    }
  }

  /** One frame of two packets. */
  private List<Packet> frame(int layer, boolean sync) {
    boolean keyframe = layer == KEY;
    int id = picture++ & 0x7FFF;
    List<Packet> packets = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      byte[] payload = {
        (byte) (part == 0 ? 0x90 : 0x80),
        (byte) 0xE0,
        (byte) (0x80 | id >> 8),
        (byte) id,
        (byte) 7,
        (byte) ((keyframe ? 0 : layer) << 6 | (sync ? 0x20 : 0)),
        (byte) (keyframe ? 0 : 1)
      };
      packets.add(
          Packet.of(
              new RtpPacketWriter(MediaProfile.VP8_PAYLOAD_TYPE, new Ssrc(7))
                  .marked(part == 1)
                  .write(number++ & 0xFFFF, id * 3_000L, payload)));
    }
    return packets;
  }

  private List<Packet> frames(int count) {
    List<Packet> packets = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      packets.addAll(frame(PATTERN[n % PATTERN.length], n % 8 == 1 || n % 8 == 2));
    }
    return packets;
  }

  private List<Packet> pass(List<Packet> packets) {
    List<Packet> passed = new ArrayList<>();
    for (Packet packet : packets) {
      byte[] bytes = gate.pass(packet.bytes(), packet.descriptor());
      if (bytes != null) {
        passed.add(Packet.of(bytes));
      }
    }
    return passed;
  }

  private static void assertWithoutGaps(List<Packet> packets) {
    for (int i = 1; i < packets.size(); i++) {
      assertThat(packets.get(i).number())
          .as("sequence number of packet " + i)
          .isEqualTo(packets.get(i - 1).number() + 1 & 0xFFFF);
      int step =
          packets.get(i).descriptor().pictureId() - packets.get(i - 1).descriptor().pictureId()
              & 0x7FFF;
      assertThat(step).as("picture id of packet " + i).isEqualTo(i % 2 == 0 ? 1 : 0);
    }
  }

  private static List<Integer> layers(List<Packet> packets) {
    return packets.stream().map(packet -> packet.descriptor().temporalLayer()).distinct().toList();
  }

  @Test
  void untilItIsLimitedPacketsPassAsTheyAre() {
    List<Packet> packets = frames(4);

    assertThat(pass(packets)).extracting(Packet::bytes).isEqualTo(bytes(packets));
  }

  private static List<byte[]> bytes(List<Packet> packets) {
    return packets.stream().map(Packet::bytes).toList();
  }

  @Test
  void withoutTheTopLayerHalfTheFramesPassAndFollowEachOther() {
    gate.limit(1);

    List<Packet> passed = pass(frames(FRAMES));

    assertThat(passed).hasSize(FRAMES);
    assertThat(layers(passed)).containsExactly(0, 1);
    assertWithoutGaps(passed);
  }

  @Test
  void theBaseLayerIsAQuarterOfTheFrames() {
    gate.limit(0);

    List<Packet> passed = pass(frames(FRAMES));

    assertThat(passed).hasSize(FRAMES / 2);
    assertThat(layers(passed)).containsExactly(0);
    assertWithoutGaps(passed);
  }

  @Test
  void aFrameThatHasBegunIsFinishedBeforeItsLayerIsLeft() {
    gate.limit(2);
    pass(frame(0, false));
    List<Packet> top = frame(2, true);

    List<Packet> begun = pass(top.subList(0, 1));
    gate.limit(0);
    List<Packet> finished = pass(top.subList(1, 2));

    assertThat(begun).hasSize(1);
    assertThat(finished).hasSize(1);
    assertThat(pass(frame(2, false))).isEmpty();
  }

  @Test
  void aLayerIsJoinedWhereNothingButTheBaseIsNeeded() {
    gate.limit(0);
    List<Packet> all = new ArrayList<>(pass(frames(4)));
    gate.limit(LayerGate.ALL);

    all.addAll(pass(frame(2, false)));
    assertThat(layers(all)).as("what it needs was left out").containsExactly(0);
    all.addAll(pass(frame(1, true)));
    all.addAll(pass(frame(2, true)));
    all.addAll(pass(frame(0, false)));

    assertThat(layers(all)).containsExactly(0, 1, 2);
    assertWithoutGaps(all);
  }

  @Test
  void whatWasStoppedGoesOnWithAKeyframe() {
    assertThat(gate.limit(LayerGate.STOPPED)).isFalse();
    assertThat(pass(frames(8))).isEmpty();

    assertThat(gate.limit(1)).as("somebody must ask for a keyframe").isTrue();

    assertThat(pass(frames(4))).isEmpty();
    List<Packet> passed = new ArrayList<>(pass(frame(KEY, false)));
    passed.addAll(pass(frame(0, false)));
    assertThat(passed).hasSize(4);
    assertWithoutGaps(passed);
  }

  @Test
  void whatWasNotLookedAtForHalfACycleOfNumbersGoesOnWithTheNextNumber() {
    List<Packet> all = new ArrayList<>(pass(frame(KEY, false)));
    for (int n = 0; n < 20_000; n++) {
      passOver(frame(PATTERN[n % PATTERN.length], false));
    }

    assertThat(pass(frame(0, false))).as("before a keyframe").isEmpty();
    all.addAll(pass(frame(KEY, false)));
    all.addAll(pass(frame(0, false)));

    assertThat(all).hasSize(6);
    assertWithoutGaps(all);
  }

  private void passOver(List<Packet> packets) {
    packets.forEach(packet -> gate.passOver(packet.bytes(), packet.descriptor()));
  }

  @Test
  void whatWasLostWhileNothingPassedLeavesNoGap() {
    gate.limit(1);
    List<Packet> all = new ArrayList<>(pass(frames(4)));
    passOver(frame(0, false));
    passOver(frame(2, false).subList(1, 2));
    frames(4);
    passOver(frame(1, false));
    int last = all.getLast().number();
    List<Packet> again = pass(frame(KEY, false));

    assertThat(again).hasSize(2);
    assertThat(again.getFirst().number()).isEqualTo(last + 1 & 0xFFFF);
  }

  @Test
  void aKeyframeThatDoesNotComeIsAskedForAgainEverySecond() {
    long second = LayerGate.KEYFRAME_NANOS;
    assertThat(gate.keyframeDue(0)).as("everything passes").isFalse();
    gate.limit(LayerGate.STOPPED);
    pass(frames(2));
    assertThat(gate.keyframeDue(second)).as("nothing is to pass").isFalse();

    gate.limit(0);
    pass(frames(2));

    assertThat(gate.keyframeDue(2 * second)).as("asked for by whoever lifted the limit").isFalse();
    assertThat(gate.keyframeDue(3 * second - 1)).isFalse();
    assertThat(gate.keyframeDue(3 * second)).isTrue();
    assertThat(gate.keyframeDue(3 * second + 1)).isFalse();
    assertThat(gate.keyframeDue(4 * second)).isTrue();
    pass(frame(KEY, false));
    assertThat(gate.keyframeDue(9 * second)).as("it came").isFalse();
  }

  @Test
  void aLostPacketKeepsItsNumberForWhenItComes() {
    gate.limit(1);
    List<Packet> packets = frames(8);
    Packet lost = packets.remove(4);

    List<Packet> passed = pass(packets);
    byte[] late = Objects.requireNonNull(gate.pass(lost.bytes(), lost.descriptor()));

    List<Integer> numbers = new ArrayList<>(passed.stream().map(Packet::number).toList());
    assertThat(numbers).doesNotContain(Bits.u16(late, 2));
    numbers.add(Bits.u16(late, 2));
    assertThat(numbers.stream().map(each -> each - START & 0xFFFF).sorted().toList())
        .isEqualTo(List.of(0, 1, 2, 3, 4, 5, 6, 7));
    assertThat(gate.pass(lost.bytes(), lost.descriptor())).as("a second time").isNull();
  }

  @Test
  void aLostPacketThatNobodyWantsIsReplacedByPadding() {
    gate.limit(0);
    List<Packet> packets = frames(8);
    Packet lost = packets.remove(3);

    pass(packets);
    byte[] late = Objects.requireNonNull(gate.pass(lost.bytes(), lost.descriptor()));

    RtpHeader header = Objects.requireNonNull(RtpHeader.parse(late, 0, late.length));
    assertThat(header.payloadLength()).isZero();
    assertThat(header.paddingLength()).isPositive();
    assertThat(header.ssrc()).isEqualTo(new Ssrc(7));
  }

  @Test
  void packetsFromBeforeTheLimitAreNotTouched() {
    Packet early = frames(1).getFirst();
    List<Packet> after = frames(4);
    gate.limit(1);
    pass(after);

    assertThat(gate.pass(early.bytes(), early.descriptor())).isSameAs(early.bytes());
  }

  @Property(tries = 500)
  void noNumberIsEverUsedTwice(
      @ForAll @Size(min = 60, max = 200) List<@IntRange(min = 0, max = 20) Integer> chances) {
    LayerGate random = new LayerGate();
    random.limit(1);
    List<Packet> held = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int n = 0; n < chances.size(); n++) {
      int chance = chances.get(n);
      if (chance < 3) {
        random.limit(chance);
      }
      for (Packet packet : frame(PATTERN[n % PATTERN.length], chance % 2 == 0)) {
        if (chance > 17) {
          held.add(packet);
        } else if (chance > 15) {
          random.passOver(packet.bytes(), packet.descriptor());
        } else {
          note(random, packet, numbers);
        }
      }
      if (chance == 10) {
        held.forEach(packet -> note(random, packet, numbers));
        held.clear();
      }
    }

    assertThat(numbers).doesNotHaveDuplicates();
  }

  private static void note(LayerGate gate, Packet packet, List<Integer> numbers) {
    byte[] passed = gate.pass(packet.bytes(), packet.descriptor());
    if (passed != null) {
      numbers.add(Bits.u16(passed, 2));
    }
  }
}
