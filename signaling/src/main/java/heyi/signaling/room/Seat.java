package heyi.signaling.room;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * One seat as it is now.
 *
 * @param spec who it is for
 * @param presence whether he is there
 * @param consented whether recording and online form were agreed to
 * @param audioMuted as told by the participant or ordered by the mediator
 * @param videoMuted likewise
 * @param endpoint his endpoint on the bridge, null while he has none; it outlives a short drop
 * @param stance what he said to the present agreement
 * @param background what his device holds back of the page
 * @param missed he was there, is away for longer than a moment, and is waited for
 */
public record Seat(
    SeatSpec spec,
    Presence presence,
    boolean consented,
    boolean audioMuted,
    boolean videoMuted,
    @Nullable EndpointId endpoint,
    Stance stance,
    Background background,
    boolean missed) {

  static Seat invited(SeatSpec spec) {
    return new Seat(
        spec, Presence.INVITED, false, false, false, null, Stance.OPEN, Background.NONE, false);
  }

  /** What a participant said to the agreement on the table. */
  public enum Stance {
    /** Nothing yet. */
    OPEN,
    /** Yes, to exactly this document. */
    CONFIRMED,
    /** No; he may still come round. */
    DECLINED
  }

  /** The seat's id. */
  public SeatId id() {
    return spec.id();
  }

  /** Whether he confirmed the agreement on the table. */
  public boolean confirmed() {
    return stance == Stance.CONFIRMED;
  }

  /** Whether he declined it. */
  public boolean declined() {
    return stance == Stance.DECLINED;
  }

  Seat present(Presence next) {
    return new Seat(
        spec, next, consented, audioMuted, videoMuted, endpoint, stance, background, missed);
  }

  Seat consenting() {
    return new Seat(
        spec, presence, true, audioMuted, videoMuted, endpoint, stance, background, missed);
  }

  Seat muted(MediaKind kind, boolean muted) {
    return kind == MediaKind.AUDIO
        ? new Seat(
            spec, presence, consented, muted, videoMuted, endpoint, stance, background, missed)
        : new Seat(
            spec, presence, consented, audioMuted, muted, endpoint, stance, background, missed);
  }

  Seat on(@Nullable EndpointId next) {
    return new Seat(
        spec, presence, consented, audioMuted, videoMuted, next, stance, background, missed);
  }

  Seat saying(Stance next) {
    return new Seat(
        spec, presence, consented, audioMuted, videoMuted, endpoint, next, background, missed);
  }

  Seat behind(Background next) {
    return new Seat(
        spec, presence, consented, audioMuted, videoMuted, endpoint, stance, next, missed);
  }

  Seat missed(boolean next) {
    return new Seat(
        spec, presence, consented, audioMuted, videoMuted, endpoint, stance, background, next);
  }
}
