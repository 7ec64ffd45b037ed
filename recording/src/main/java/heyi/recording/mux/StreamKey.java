package heyi.recording.mux;

import heyi.media.EndpointId;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.recording.RecordedSource;

/**
 * What tells one stream of a recording from every other. A source name alone does not: it may come
 * again under another SSRC, with sequence numbers and timestamps of their own.
 */
record StreamKey(EndpointId owner, SourceName name, Ssrc primary) {
  static StreamKey of(RecordedSource source) {
    return new StreamKey(source.owner(), source.source().name(), source.source().primary());
  }
}
