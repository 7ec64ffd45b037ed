package heyi.signaling.socket;

import heyi.media.ConferenceId;
import heyi.media.colibri2.BridgeId;
import heyi.media.pool.Placement;
import heyi.signaling.negotiation.RoomMedia;

/** The conference of a room, and the place that it takes on its bridge; ended once. */
final class RunningConference {
  private final RoomMedia media;
  private final ConferenceId conference;
  private final Placement placement;
  private boolean ended;

  RunningConference(RoomMedia media, ConferenceId conference, Placement placement) {
    this.media = media;
    this.conference = conference;
    this.placement = placement;
  }

  RoomMedia media() {
    return media;
  }

  ConferenceId conference() {
    return conference;
  }

  Placement placement() {
    return placement;
  }

  boolean isOn(BridgeId bridge) {
    return placement.client().id().equals(bridge);
  }

  /** Ends it for everybody who is still in it. */
  void end(Placement.Reason why) {
    if (!ended) {
      ended = true;
      placement.giveBack(why);
      media.close();
    }
  }
}
