package heyi.server.replay;

import heyi.recording.ObjectKey;
import heyi.recording.store.ObjectStore;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.sql.Blocking;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable object of the store over HTTP: ranges, 304 for who has it already, 416 for what is
 * not there.
 *
 * <p><b>Source:</b> RFC 9110 §13.1.2, §14.
 *
 * @param objectKey where the store keeps it
 * @param contentType what to announce
 * @param sizeBytes its size
 * @param sha256 its hash, which is also its entity tag
 */
public record RangedObject(String objectKey, String contentType, long sizeBytes, String sha256) {

  /**
   * What a request asks for.
   *
   * @param range the header Range
   * @param known the header If-None-Match
   * @param mostBytes given in one answer to who names no end
   * @param pace how fast to who names no end; everybody else gets what he asks for at once
   */
  public record Asked(
      @Nullable String range, @Nullable String known, long mostBytes, ByteStream.Pace pace) {
    /**
     * Half a minute of a camera. A browser opens a connection a track and reads it no further than
     * it plays; it has six, so a few tracks without end would hold up everything else on the page.
     */
    static final long PLAYED_BYTES = 1024L * 1024;

    /** Of a request. */
    public static Asked by(Call call) {
      return by(call, Long.MAX_VALUE);
    }

    /** Of a player, who comes back for more (RFC 9110 §15.3.7 lets a server give less). */
    public static Asked byPlayer(Call call) {
      return by(call, PLAYED_BYTES);
    }

    private static Asked by(Call call, long mostBytes) {
      return new Asked(
          call.request().getHeader("Range"),
          call.request().getHeader("If-None-Match"),
          mostBytes,
          ByteStream.Pace.UNBOUND);
    }

    /** The same of a player who gets no more than so much in one answer, and at this pace. */
    Asked within(long bytes, ByteStream.Pace slower) {
      return new Asked(range, known, bytes, slower);
    }

    private ByteStream.Pace paceOfPart() {
      return range != null && range.strip().endsWith("-") ? pace : ByteStream.Pace.UNBOUND;
    }

    /** Whether it goes on where another request has been. */
    public boolean continues() {
      return range != null && !range.strip().startsWith("bytes=0-");
    }
  }

  /** The answer; blocks until the object is open. */
  public Reply reply(Asked asked, ObjectStore objects, Blocking blocking) {
    String etag = "\"" + sha256 + "\"";
    if (etag.equals(asked.known())) {
      return new Reply.Streamed(response -> response.setStatusCode(304).end());
    }
    return switch (ByteRange.parse(asked.range(), sizeBytes, asked.mostBytes())) {
      case ByteRange.Asked.Whole() ->
          stream(objects, blocking, 200, new ByteRange(0, sizeBytes), ByteStream.Pace.UNBOUND);
      case ByteRange.Asked.Part(ByteRange part) ->
          stream(objects, blocking, 206, part, asked.paceOfPart());
      case ByteRange.Asked.Unsatisfiable() ->
          throw new Problem(
              416,
              "range-not-satisfiable",
              "Range not satisfiable",
              "The file has " + sizeBytes + " bytes.");
    };
  }

  private Reply stream(
      ObjectStore objects, Blocking blocking, int status, ByteRange part, ByteStream.Pace pace) {
    InputStream in = objects.read(new ObjectKey(objectKey), part.first(), part.length());
    return new Reply.Streamed(
        response -> {
          response
              .setStatusCode(status)
              .putHeader("Content-Type", contentType)
              .putHeader("Accept-Ranges", "bytes")
              .putHeader("ETag", "\"" + sha256 + "\"")
              .putHeader("Content-Length", Long.toString(part.length()));
          if (status == 206) {
            response.putHeader("Content-Range", part.contentRange(sizeBytes));
          }
          return ByteStream.copy(blocking, in, part.length(), pace, response);
        });
  }

  /** The whole of it as a file to keep. */
  public Reply attachment(String fileName, ObjectStore objects, Blocking blocking) {
    InputStream in = objects.read(new ObjectKey(objectKey));
    return new Reply.Streamed(
        response -> {
          response
              .putHeader("Content-Type", contentType)
              .putHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
              .putHeader("Content-Length", Long.toString(sizeBytes));
          return ByteStream.copy(blocking, in, sizeBytes, ByteStream.Pace.UNBOUND, response);
        });
  }
}
