package heyi.recording.mux;

import heyi.recording.PixelSize;
import org.jspecify.annotations.Nullable;

/**
 * One frame as the encoder made it.
 *
 * @param data the frame
 * @param timestamp of its RTP packets, 32 bits
 * @param arrivalNanos of its last packet, on the session clock
 * @param keyframe whether decoding can start here
 * @param size of the picture, known for video keyframes
 * @param audioLevel see {@link RtpPacket#audioLevel()}
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record EncodedFrame(
    byte[] data,
    int timestamp,
    long arrivalNanos,
    boolean keyframe,
    @Nullable PixelSize size,
    int audioLevel) {}
