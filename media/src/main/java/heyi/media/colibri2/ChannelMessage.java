package heyi.media.colibri2;

import heyi.media.EndpointId;
import heyi.media.SourceName;

/** What is said over a bridge channel, as far as Heyi speaks of it. */
public sealed interface ChannelMessage {
  /**
   * To the bridge: what the endpoint wants to see.
   *
   * @param constraints replace the former ones
   */
  record Receive(VideoConstraints constraints) implements ChannelMessage {}

  /**
   * From the bridge: who speaks.
   *
   * @param endpoint of the speaker
   */
  record DominantSpeaker(EndpointId endpoint) implements ChannelMessage {}

  /**
   * From the bridge: how much of the endpoint's own video anybody wants.
   *
   * @param source of the endpoint
   * @param maxHeight lines of the picture; 0 means that nobody looks
   */
  record SenderConstraint(SourceName source, int maxHeight) implements ChannelMessage {}

  /** Anything else; to be passed over. */
  record Other() implements ChannelMessage {}
}
