package heyi.recording.session;

import heyi.media.ConferenceId;
import heyi.media.colibri2.BridgeClient;
import heyi.media.endpoint.UdpPort;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;

/**
 * What to record.
 *
 * @param id the recording's name, never used before
 * @param sessionId the session of the case that it belongs to
 * @param recordingClass who may ever open it
 * @param conference what to join
 * @param bridge where the conference is
 * @param port a UDP port opened for this recording alone ({@code UdpPort.open(address, 0)}); the
 *     recording closes it at its end
 */
public record RecordingRequest(
    RecordingId id,
    String sessionId,
    RecordingClass recordingClass,
    ConferenceId conference,
    BridgeClient bridge,
    UdpPort port) {}
