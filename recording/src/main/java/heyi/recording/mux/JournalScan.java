package heyi.recording.mux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.EndpointId;
import heyi.media.SourceName;
import heyi.recording.RecordedSource;
import heyi.recording.journal.JournalMeta;
import heyi.recording.journal.JournalRecord;
import heyi.recording.journal.SourceMeta;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** First pass over the journal: which sources there are, and how their clocks run. */
final class JournalScan {
  private final Map<SourceName, StreamScan> streams = new LinkedHashMap<>();
  private final Map<Long, StreamScan> streamBySsrc = new HashMap<>();
  private final Map<EndpointId, SenderClock> senderClocks = new HashMap<>();

  void add(JournalRecord record) {
    switch (record.kind()) {
      case META -> meta(record);
      case RTCP -> {
        for (SenderReport report : SenderReport.parse(record.payload())) {
          StreamScan stream = streamBySsrc.get(report.ssrc());
          if (stream != null) {
            stream.senderReport(report, record.sessionNanos());
          }
        }
      }
      case RTP -> {
        Optional<RtpPacket> packet = RtpPacket.parse(record.payload());
        if (packet.isPresent()) {
          StreamScan stream = streamBySsrc.get(packet.get().ssrc());
          if (stream != null) {
            stream.rtp(packet.get(), record.sessionNanos());
          }
        }
      }
    }
  }

  /** The sources in the order in which they were published. */
  List<StreamScan> streams() {
    return new ArrayList<>(streams.values());
  }

  private void meta(JournalRecord record) {
    ObjectNode json;
    try {
      json = CanonicalJson.read(record.payloadBytes());
    } catch (LedgerDamage e) {
      throw new MuxException("a checked journal record holds no JSON", e);
    }
    String type = json.path("type").asText();
    if (type.equals(JournalMeta.CHUNK_START)) {
      for (JsonNode source : json.path("sources")) {
        addSource(SourceMeta.ofJson(source));
      }
    } else if (type.equals(JournalMeta.SOURCE_ADDED)) {
      addSource(SourceMeta.ofJson(json.path("source")));
    }
  }

  private void addSource(RecordedSource source) {
    StreamScan stream =
        streams.computeIfAbsent(
            source.source().name(),
            name ->
                new StreamScan(
                    source,
                    senderClocks.computeIfAbsent(source.owner(), owner -> new SenderClock())));
    streamBySsrc.put(source.source().primary().value(), stream);
  }
}
