package heyi.server.replay;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a request asks for.
 *
 * <p>Browsers seek in media with one range per request; several ranges in one are answered with the
 * whole file, as RFC 9110 section 14.2 permits.
 *
 * @param first position of the first byte
 * @param length number of bytes
 */
record ByteRange(long first, long length) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** What a Range header means for a file of this size. */
  sealed interface Asked {
    /** The whole file: no header, or one that is not understood and therefore ignored. */
    record Whole() implements Asked {}

    /** One part. */
    record Part(ByteRange range) implements Asked {}

    /** A part that does not exist: 416. */
    record Unsatisfiable() implements Asked {}
  }

  static Asked parse(@Nullable String header, long sizeBytes) {
    return parse(header, sizeBytes, Long.MAX_VALUE);
  }

  /**
   * As above.
   *
   * @param mostBytes that who names no end gets at once; he asks on where they end
   */
  static Asked parse(@Nullable String header, long sizeBytes, long mostBytes) {
    Matcher range = header == null ? null : SINGLE.matcher(header.strip());
    if (range == null || !range.matches()) {
      return new Asked.Whole();
    }
    String from = range.group(1);
    String to = range.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? new Asked.Whole() : suffix(Long.parseLong(to), sizeBytes);
    }
    long first = Long.parseLong(from);
    long end = sizeBytes - 1;
    long last =
        to.isEmpty()
            ? (end - first < mostBytes ? end : first + mostBytes - 1)
            : Math.min(Long.parseLong(to), end);
    if (!to.isEmpty() && Long.parseLong(to) < first) {
      return new Asked.Whole();
    }
    return first >= sizeBytes
        ? new Asked.Unsatisfiable()
        : new Asked.Part(new ByteRange(first, last - first + 1));
  }

  private static Asked suffix(long length, long sizeBytes) {
    if (length == 0 || sizeBytes == 0) {
      return new Asked.Unsatisfiable();
    }
    long taken = Math.min(length, sizeBytes);
    return new Asked.Part(new ByteRange(sizeBytes - taken, taken));
  }

  /** As in the Content-Range header. */
  String contentRange(long sizeBytes) {
    return String.format(Locale.ROOT, "bytes %d-%d/%d", first, first + length - 1, sizeBytes);
  }
}
