package heyi.recording.mux;

import heyi.media.MediaKind;
import heyi.recording.TrackId;
import heyi.recording.journal.JournalRecord;
import heyi.recording.journal.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Journal chunks to tracks, in two passes: clocks first, then media.
 *
 * <p>The files are not hashed here: a process that lives for seconds never gets as fast at it as
 * the server is. <b>Threads:</b> one; blocks. <b>Bounds:</b> memory for a few chunks and two
 * seconds of packets.
 */
final class JournalMux {
  private final List<Path> chunks;
  private final Path tracksDirectory;
  private final IntConsumer percent;

  /**
   * Prepares a run.
   *
   * @param chunks closed chunk files in order
   * @param tracksDirectory where files are made; files of an earlier run are replaced
   * @param percent told how far it is
   */
  JournalMux(List<Path> chunks, Path tracksDirectory, IntConsumer percent) {
    this.chunks = List.copyOf(chunks);
    this.tracksDirectory = tracksDirectory;
    this.percent = percent;
  }

  List<MadeTrack> run() throws IOException {
    Files.createDirectories(tracksDirectory);
    JournalScan scan = new JournalScan();
    read(scan::add, 0);
    List<TrackMux> tracks = tracks(scan);
    Map<StreamKey, TrackMux> byKey = new HashMap<>();
    tracks.forEach(track -> byKey.put(track.key(), track));
    StreamRoutes<TrackMux> routes = new StreamRoutes<>(source -> byKey.get(StreamKey.of(source)));
    try {
      read(record -> route(record, routes), chunks.size());
      List<MadeTrack> made =
          tracks.stream().map(TrackMux::finish).flatMap(Optional::stream).toList();
      percent.accept(100);
      return made;
    } finally {
      tracks.forEach(TrackMux::close);
    }
  }

  private static void route(JournalRecord record, StreamRoutes<TrackMux> routes) {
    if (record.kind() == RecordKind.META) {
      routes.meta(record);
    }
    if (record.kind() != RecordKind.RTP) {
      return;
    }
    Optional<RtpPacket> packet = RtpPacket.parse(record.payload());
    if (packet.isEmpty()) {
      return;
    }
    TrackMux track = routes.of(packet.get().ssrc());
    if (track != null) {
      track.rtp(packet.get(), record.sessionNanos());
    }
  }

  private List<TrackMux> tracks(JournalScan scan) {
    List<TrackMux> tracks = new ArrayList<>();
    Map<String, Integer> ordinals = new HashMap<>();
    for (StreamScan stream : scan.streams()) {
      boolean video = stream.source().source().kind() == MediaKind.VIDEO;
      boolean playable = stream.hasMedia() && (!video || stream.largestSize() != null);
      if (!playable) {
        continue;
      }
      String kind = stream.source().source().kind().name().toLowerCase(Locale.ROOT);
      String prefix = stream.source().label() + "-" + kind;
      int ordinal = ordinals.merge(prefix, 1, Integer::sum);
      TrackId id = new TrackId(prefix + "-" + ordinal);
      tracks.add(new TrackMux(stream, id, tracksDirectory.resolve(id.value() + ".webm")));
    }
    return tracks;
  }

  private void read(Consumer<JournalRecord> consumer, int chunksDoneBefore) throws IOException {
    int done = chunksDoneBefore;
    int told = -1;
    try (ReadAhead records = new ReadAhead(chunks)) {
      while (records.hasNext()) {
        records.next().forEach(consumer);
        done++;
        int now = 99 * done / (2 * chunks.size());
        if (now != told) {
          told = now;
          percent.accept(now);
        }
      }
    }
  }
}
