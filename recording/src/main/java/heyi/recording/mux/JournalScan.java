package heyi.recording.mux;

import heyi.media.EndpointId;
import heyi.recording.RecordedSource;
import heyi.recording.journal.JournalRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** First pass over the journal: which streams there are, and how their clocks run. */
final class JournalScan {
  private final Map<StreamKey, StreamScan> streams = new LinkedHashMap<>();
  private final Map<EndpointId, SenderClock> senderClocks = new HashMap<>();
  private final StreamRoutes<StreamScan> routes = new StreamRoutes<>(this::stream);

  void add(JournalRecord record) {
    switch (record.kind()) {
      case META -> routes.meta(record);
      case RTCP -> {
        for (SenderReport report : SenderReport.parse(record.payload())) {
          StreamScan stream = routes.of(report.ssrc());
          if (stream != null) {
            stream.senderReport(report, record.sessionNanos());
          }
        }
      }
      case RTP -> {
        Optional<RtpPacket> packet = RtpPacket.parse(record.payload());
        if (packet.isPresent()) {
          StreamScan stream = routes.of(packet.get().ssrc());
          if (stream != null) {
            stream.rtp(packet.get(), record.sessionNanos());
          }
        }
      }
    }
  }

  /** The streams in the order in which they were published. */
  List<StreamScan> streams() {
    return new ArrayList<>(streams.values());
  }

  private StreamScan stream(RecordedSource source) {
    return streams.computeIfAbsent(
        StreamKey.of(source),
        key ->
            new StreamScan(
                source, senderClocks.computeIfAbsent(key.owner(), owner -> new SenderClock())));
  }
}
