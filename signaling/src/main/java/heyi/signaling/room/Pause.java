package heyi.signaling.room;

import org.jspecify.annotations.Nullable;

/**
 * A session that stands still.
 *
 * @param reason why
 * @param from where it goes on
 * @param note what the mediator said of the reason, while nothing is recorded by his word
 * @param seat with whom the mediator talks alone, in a caucus
 */
public record Pause(PauseReason reason, Phase from, @Nullable String note, @Nullable SeatId seat) {
  /** One of which there is no more to say. */
  public Pause(PauseReason reason, Phase from) {
    this(reason, from, null, null);
  }

  /** One that the mediator says something of. */
  public Pause(PauseReason reason, Phase from, String note) {
    this(reason, from, note, null);
  }

  /** A private talk with this party. */
  public static Pause caucus(Phase from, SeatId party) {
    return new Pause(PauseReason.CAUCUS, from, null, party);
  }
}
