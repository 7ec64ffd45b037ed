package heyi.recording.media;

import heyi.media.MediaKind;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.chunk.ChunkWriter;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.journal.JournalBuffer;
import heyi.recording.journal.RecordKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** Puts packets into chunks in the order of their arrival, on a clock that is set, not awaited. */
public final class SyntheticJournal {
  private static final long CHUNK_NANOS = 2_000_000_000L;

  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<Published> published = new ArrayList<>();

  private record Arrival(long nanos, SyntheticTalker.Packet packet) {}

  private record Published(long nanos, RecordedSource source) {}

  /** A talker whose sources are published from the start. */
  public SyntheticJournal talker(SyntheticTalker talker) {
    return talkerFrom(0, talker);
  }

  /** A talker whose sources are published, or published again, at a second of the session. */
  public SyntheticJournal talkerFrom(double second, SyntheticTalker talker) {
    return sourceFrom(second, talker.source(MediaKind.AUDIO))
        .sourceFrom(second, talker.source(MediaKind.VIDEO));
  }

  /** A source that is published at a second of the session. */
  public SyntheticJournal sourceFrom(double second, RecordedSource source) {
    published.add(new Published((long) (second * 1e9), source));
    return this;
  }

  /**
   * Packets that arrive.
   *
   * @param delayNanos travelling time of each; negative when it never arrives
   */
  public SyntheticJournal arrive(
      List<SyntheticTalker.Packet> packets, ToLongFunction<SyntheticTalker.Packet> delayNanos) {
    for (SyntheticTalker.Packet packet : packets) {
      long delay = delayNanos.applyAsLong(packet);
      if (delay >= 0) {
        arrivals.add(new Arrival(packet.sentNanos() + delay, packet));
      }
    }
    return this;
  }

  /** Writes the chunks. */
  public List<SealedChunk> write(Spool spool, RecordingId id) throws IOException {
    arrivals.sort(Comparator.comparingLong(Arrival::nanos));
    AtomicLong now = new AtomicLong();
    SessionClock clock = SessionClock.startingAt(Instant.parse("2026-11-21T01:00:00Z"), now::get);
    JournalBuffer buffer = new JournalBuffer(1 << 20);
    List<SealedChunk> chunks = new ArrayList<>();
    try (ChunkWriter writer = new ChunkWriter(spool, id, clock)) {
      Deque<Published> due = new ArrayDeque<>(published);
      for (Arrival arrival : arrivals) {
        while (arrival.nanos() - chunks.size() * CHUNK_NANOS >= CHUNK_NANOS) {
          now.set((chunks.size() + 1) * CHUNK_NANOS);
          writer.flush(buffer);
          chunks.add(writer.rotate());
        }
        while (!due.isEmpty() && due.element().nanos() <= arrival.nanos()) {
          writer.sourceAdded(due.remove().source());
        }
        byte[] bytes = arrival.packet().bytes();
        RecordKind kind = arrival.packet().rtcp() ? RecordKind.RTCP : RecordKind.RTP;
        buffer.offer(
            kind, arrival.nanos(), clock.wallMicros(arrival.nanos()), bytes, 0, bytes.length);
        writer.flush(buffer);
      }
      now.set(arrivals.isEmpty() ? 0 : arrivals.getLast().nanos());
      chunks.add(writer.finish());
    }
    return chunks;
  }
}
