package heyi.media.colibri2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.EndpointId;
import heyi.media.SourceName;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Messages of a bridge channel, as Jitsi Videobridge was seen to write and read them. */
class ChannelJsonTest {
  @Example
  void wishesAreWrittenAsJitsiReadsThem() {
    String text =
        ChannelJson.write(
            new ChannelMessage.Receive(
                new VideoConstraints(0, Map.of(new SourceName("carol-v0"), 360))));

    assertThat(text)
        .isEqualTo(
            "{\"colibriClass\":\"ReceiverVideoConstraints\",\"lastN\":-1,"
                + "\"defaultConstraints\":{\"maxHeight\":0},"
                + "\"constraints\":{\"carol-v0\":{\"maxHeight\":360}}}");
  }

  @Example
  void whoWantsEverythingGetsItWhateverTheBridgeEstimates() throws Exception {
    ChannelMessage everything = new ChannelMessage.Receive(VideoConstraints.BEST);
    String text = ChannelJson.write(everything);

    assertThat(text).contains("\"assumedBandwidthBps\":1000000000");
    assertThat(ChannelJson.read(text)).isEqualTo(everything);
  }

  @Example
  void whatIsWrittenIsReadAgain() throws Exception {
    for (ChannelMessage message :
        new ChannelMessage[] {
          new ChannelMessage.Receive(
              new VideoConstraints(180, Map.of(new SourceName("bob-v0"), 720))),
          new ChannelMessage.DominantSpeaker(new EndpointId("bob")),
          new ChannelMessage.SenderConstraint(new SourceName("bob-v0"), 0),
          new ChannelMessage.Other()
        }) {
      assertThat(ChannelJson.read(ChannelJson.write(message))).isEqualTo(message);
    }
  }

  @Example
  void whatJitsiSaysBesideIsPassedOver() throws Exception {
    assertThat(ChannelJson.read("{\"colibriClass\":\"ServerHello\",\"version\":\"2.3\"}"))
        .isEqualTo(new ChannelMessage.Other());
  }

  @Example
  void lastNOfZeroMeansNoVideo() throws Exception {
    assertThat(
            ChannelJson.read(
                "{\"colibriClass\":\"ReceiverVideoConstraints\",\"lastN\":0,"
                    + "\"defaultConstraints\":{\"maxHeight\":720}}"))
        .isEqualTo(new ChannelMessage.Receive(new VideoConstraints(0, Map.of())));
  }

  @Example
  void namesThatNoSourceCanHaveAreRefused() {
    assertThatThrownBy(
            () ->
                ChannelJson.read(
                    "{\"colibriClass\":\"ReceiverVideoConstraints\","
                        + "\"constraints\":{\"a b\":{\"maxHeight\":1}}}"))
        .isInstanceOf(ColibriFormatException.class);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    readOrRefuse(text);
    readOrRefuse("{\"colibriClass\":\"ReceiverVideoConstraints\",\"constraints\":" + text + "}");
    readOrRefuse("{\"colibriClass\":\"SenderSourceConstraints\",\"sourceName\":\"" + text + "\"}");
  }

  private static void readOrRefuse(String text) {
    try {
      assertThat(ChannelJson.read(text)).isNotNull();
    } catch (ColibriFormatException refused) {
      assertThat(refused).hasMessageStartingWith("message");
    }
  }
}
