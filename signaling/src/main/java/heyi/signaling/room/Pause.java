package heyi.signaling.room;

import org.jspecify.annotations.Nullable;

/**
 * A session that stands still.
 *
 * @param reason why
 * @param from where it goes on
 * @param note what the mediator said of the reason, while nothing is recorded by his word
 */
public record Pause(PauseReason reason, Phase from, @Nullable String note) {
  /** One of which there is no more to say. */
  public Pause(PauseReason reason, Phase from) {
    this(reason, from, null);
  }
}
