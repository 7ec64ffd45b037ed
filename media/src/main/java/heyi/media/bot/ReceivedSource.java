package heyi.media.bot;

import heyi.media.MediaKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a bot received of one remote source.
 *
 * @param kind audio or video
 * @param packets RTP packets with payload
 * @param bytes of their payload
 * @param keyframes begun keyframes; 0 for audio
 * @param senderReports clock reports, which tie sound and picture together
 * @param firstPacket since the bot was made; null before the first packet
 * @param firstKeyframe since the bot was made; null before the first keyframe
 */
public record ReceivedSource(
    MediaKind kind,
    long packets,
    long bytes,
    long keyframes,
    long senderReports,
    @Nullable Duration firstPacket,
    @Nullable Duration firstKeyframe) {
  static ReceivedSource nothing(MediaKind kind) {
    return new ReceivedSource(kind, 0, 0, 0, 0, null, null);
  }

  ReceivedSource withPacket(int payloadBytes, boolean keyframe, Duration since) {
    return new ReceivedSource(
        kind,
        packets + 1,
        bytes + payloadBytes,
        keyframe ? keyframes + 1 : keyframes,
        senderReports,
        firstPacket == null ? since : firstPacket,
        firstKeyframe == null && keyframe ? since : firstKeyframe);
  }

  ReceivedSource withSenderReport() {
    return new ReceivedSource(
        kind, packets, bytes, keyframes, senderReports + 1, firstPacket, firstKeyframe);
  }
}
