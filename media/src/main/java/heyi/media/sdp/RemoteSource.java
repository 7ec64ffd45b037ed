package heyi.media.sdp;

import heyi.media.EndpointId;
import heyi.media.MediaSource;

/**
 * A source of somebody else, as offered to a participant.
 *
 * @param owner who sends it; the stream id in SDP
 * @param source what is sent; its name is the track id in SDP
 */
public record RemoteSource(EndpointId owner, MediaSource source) {}
