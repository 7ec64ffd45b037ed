package heyi.media.bot;

import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.media.endpoint.EndpointStatistics;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bot saw until now.
 *
 * @param connected since the bot was made; null before ICE and DTLS are done
 * @param received per remote source that was ever offered
 * @param keyframesAsked requests for a keyframe of the bot's own video
 * @param endpoint counters of its endpoint
 */
public record BotStatistics(
    @Nullable Duration connected,
    Map<SourceName, ReceivedSource> received,
    long keyframesAsked,
    EndpointStatistics endpoint) {
  /** Copies the map. */
  public BotStatistics {
    received = Map.copyOf(received);
  }

  /**
   * What was received of a source; nothing when it was never offered.
   *
   * @param name of the source
   */
  public ReceivedSource of(SourceName name) {
    return received.getOrDefault(name, ReceivedSource.nothing(MediaKind.AUDIO));
  }
}
