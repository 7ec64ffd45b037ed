package heyi.server.replay;

import heyi.recording.PixelSize;
import heyi.recording.SpeechSpan;
import heyi.recording.Track;
import heyi.recording.session.SealedRecording;
import heyi.server.casefile.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Index of sealed recordings in PostgreSQL. Blocks; call on a virtual thread. */
public final class RecordingStore {
  private final Jdbi jdbi;

  /** Uses the database. */
  public RecordingStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A sealed recording.
   *
   * @param startedAt its place on the wall clock
   * @param verification the last one; null when it was not verified yet
   */
  public record Sealed(
      String recordingId,
      Instant startedAt,
      long durationMs,
      @Nullable Verification verification) {}

  /** Keeps what is needed to replay; keeping the same recording again changes nothing. */
  public void keep(SessionId session, SealedRecording recording) {
    jdbi.useTransaction(
        h -> {
          h.createUpdate(
                  "update mediation_session set recording_id = :recording,"
                      + " recording_start = :start, recording_ms = :duration"
                      + " where session_id = :session")
              .bind("recording", recording.id().value())
              .bind("start", recording.start().atOffset(ZoneOffset.UTC))
              .bind("duration", recording.duration().toMillis())
              .bind("session", session.value())
              .execute();
          for (Track track : recording.tracks()) {
            keep(h, session, track);
          }
        });
  }

  private static void keep(Handle h, SessionId session, Track track) {
    PixelSize size = track.size();
    h.createUpdate(
            "insert into recording_track values (:session, :track, :seat, :label, :kind, :key,"
                + " :type, :size, :sha256, :offset, :duration, :width, :height, :speech)"
                + " on conflict do nothing")
        .bind("session", session.value())
        .bind("track", track.trackId().value())
        .bind("seat", track.seatId())
        .bind("label", track.label())
        .bind("kind", track.kind().name().toLowerCase(Locale.ROOT))
        .bind("key", track.objectKey().value())
        .bind("type", track.contentType())
        .bind("size", track.sizeBytes())
        .bind("sha256", track.sha256().toString())
        .bind("offset", track.offset().toMillis())
        .bind("duration", track.duration().toMillis())
        .bind("width", size == null ? null : size.width())
        .bind("height", size == null ? null : size.height())
        .bindArray("speech", Long.class, pairs(track.speech()))
        .execute();
  }

  /** Keeps what the verifier said last. */
  public void keep(SessionId session, Verification verification) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "update mediation_session set verified_at = :at, verified_root = :root,"
                        + " verified_findings = :findings where session_id = :session")
                .bind("at", verification.at().atOffset(ZoneOffset.UTC))
                .bind("root", verification.rootHash())
                .bind("findings", verification.findings())
                .bind("session", session.value())
                .execute());
  }

  /** The session's recording; null when none was sealed, or it was disposed of. */
  public @Nullable Sealed sealed(SessionId session) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select recording_id, recording_start, recording_ms, verified_at,"
                        + " verified_root, verified_findings from mediation_session"
                        + " where session_id = :id and recording_id is not null"
                        + " and state <> 'DISPOSED'")
                .bind("id", session.value())
                .map(
                    (rs, _) ->
                        new Sealed(
                            rs.getString("recording_id"),
                            rs.getTimestamp("recording_start").toInstant(),
                            rs.getLong("recording_ms"),
                            verification(rs)))
                .findOne()
                .orElse(null));
  }

  private static @Nullable Verification verification(ResultSet rs) throws SQLException {
    Timestamp at = rs.getTimestamp("verified_at");
    return at == null
        ? null
        : new Verification(
            at.toInstant(), rs.getString("verified_root"), rs.getInt("verified_findings"));
  }

  /** The session's tracks, seat by seat. */
  public List<TrackRow> tracks(SessionId session) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select * from recording_track where session_id = :id"
                        + " order by label, kind, offset_ms, track_id")
                .bind("id", session.value())
                .map((rs, _) -> row(rs))
                .list());
  }

  /** What a player needs of one track; null when there is none. */
  @Nullable TrackFile track(SessionId session, String trackId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select object_key, content_type, size_bytes, sha256, duration_ms"
                        + " from recording_track where session_id = :id and track_id = :track")
                .bind("id", session.value())
                .bind("track", trackId)
                .map(
                    (rs, _) ->
                        new TrackFile(
                            new RangedObject(
                                rs.getString("object_key"),
                                rs.getString("content_type"),
                                rs.getLong("size_bytes"),
                                rs.getString("sha256")),
                            Duration.ofMillis(rs.getLong("duration_ms"))))
                .findOne()
                .orElse(null));
  }

  private static TrackRow row(ResultSet rs) throws SQLException {
    return new TrackRow(
        rs.getString("track_id"),
        rs.getString("seat_id"),
        rs.getString("label"),
        rs.getString("kind"),
        rs.getString("object_key"),
        rs.getString("content_type"),
        rs.getLong("size_bytes"),
        rs.getString("sha256"),
        rs.getLong("offset_ms"),
        rs.getLong("duration_ms"),
        rs.getObject("width", Integer.class),
        rs.getObject("height", Integer.class),
        speech((Long[]) rs.getArray("speech_ms").getArray()));
  }

  /** From, to, from, to …, as the column keeps them. */
  private static Object[] pairs(List<SpeechSpan> speech) {
    return speech.stream().flatMap(span -> Stream.of(span.fromMillis(), span.toMillis())).toArray();
  }

  private static List<SpeechSpan> speech(Long[] pairs) {
    return IntStream.range(0, pairs.length / 2)
        .mapToObj(i -> new SpeechSpan(pairs[2 * i], pairs[2 * i + 1]))
        .toList();
  }
}
