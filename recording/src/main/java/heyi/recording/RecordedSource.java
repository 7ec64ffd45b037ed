package heyi.recording;

import heyi.media.EndpointId;
import heyi.media.MediaSource;

/**
 * A media source with the seat that it belongs to, as the recording keeps it.
 *
 * @param owner the endpoint that sends it; audio and video of one owner share a sender clock
 * @param seatId the seat in the room
 * @param label the role, for instance {@code party-1}; never a person's name
 * @param source what is sent under which SSRCs
 */
public record RecordedSource(EndpointId owner, String seatId, String label, MediaSource source) {
  /** Checks that seat and label can be parts of a file name. */
  public RecordedSource {
    Names.require("seat id", seatId);
    Names.require("label", label);
  }
}
