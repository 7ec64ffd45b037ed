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
 * @param endpoint his endpoint on the bridge, null while he has none
 * @param confirmed whether he confirmed the present agreement
 */
public record Seat(
    SeatSpec spec,
    Presence presence,
    boolean consented,
    boolean audioMuted,
    boolean videoMuted,
    @Nullable EndpointId endpoint,
    boolean confirmed) {

  static Seat invited(SeatSpec spec) {
    return new Seat(spec, Presence.INVITED, false, false, false, null, false);
  }

  /** The seat's id. */
  public SeatId id() {
    return spec.id();
  }

  Seat present(Presence next) {
    var kept = next == Presence.SEATED ? endpoint : null;
    return new Seat(spec, next, consented, audioMuted, videoMuted, kept, confirmed);
  }

  Seat consenting() {
    return new Seat(spec, presence, true, audioMuted, videoMuted, endpoint, confirmed);
  }

  Seat muted(MediaKind kind, boolean muted) {
    return kind == MediaKind.AUDIO
        ? new Seat(spec, presence, consented, muted, videoMuted, endpoint, confirmed)
        : new Seat(spec, presence, consented, audioMuted, muted, endpoint, confirmed);
  }

  Seat on(@Nullable EndpointId next) {
    return new Seat(spec, presence, consented, audioMuted, videoMuted, next, confirmed);
  }

  Seat confirming(boolean next) {
    return new Seat(spec, presence, consented, audioMuted, videoMuted, endpoint, next);
  }
}
