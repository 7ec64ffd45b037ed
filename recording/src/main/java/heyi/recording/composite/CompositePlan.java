package heyi.recording.composite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.MediaKind;
import heyi.recording.PixelSize;
import heyi.recording.ledger.CanonicalJson;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a film looks like. The same plan over the same tracks gives the same
 * film; another plan never takes up the segments of this one.
 *
 * <p><b>Units:</b> milliseconds on the session clock, whose zero is the start of the recording.
 *
 * @param size of the picture, even numbers
 * @param framesPerSecond of the picture
 * @param videoBitsPerSecond what the picture may take
 * @param segmentSeconds length of a segment, the unit in which work is kept
 * @param layout how people share the picture
 * @param caption burned in at the top left, such as the number of the case
 * @param watermark burned in across the picture, null for none
 * @param font TrueType file with Chinese and Latin glyphs
 * @param zone of the burned-in wall clock
 * @param start wall clock time of zero on the session clock
 * @param fromMillis where the film begins
 * @param toMillis where it ends
 * @param people in the order of their tiles
 * @param gaps times in which nothing was recorded of anybody
 * @param comment kept in the file's metadata, such as the digest of the recording
 */
public record CompositePlan(
    PixelSize size,
    int framesPerSecond,
    int videoBitsPerSecond,
    int segmentSeconds,
    CompositeLayout layout,
    String caption,
    @Nullable String watermark,
    Path font,
    ZoneId zone,
    Instant start,
    long fromMillis,
    long toMillis,
    List<Person> people,
    List<Span> gaps,
    String comment) {
  private static final int MILLIS_PER_SECOND = 1000;

  /** More tiles than this are too small to recognise anybody. */
  private static final int MAX_PEOPLE = 16;

  /** Checks sizes and times, copies the lists. */
  public CompositePlan {
    if (size.width() % 2 != 0 || size.height() % 2 != 0) {
      throw new IllegalArgumentException("size must be even but is " + size);
    }
    if (fromMillis < 0 || toMillis <= fromMillis) {
      throw new IllegalArgumentException(
          "the film must have a length but goes from " + fromMillis + " to " + toMillis + " ms");
    }
    if (people.isEmpty() || people.size() > MAX_PEOPLE) {
      throw new IllegalArgumentException(
          "a film has 1 to " + MAX_PEOPLE + " people but not " + people.size());
    }
    if (framesPerSecond < 1 || segmentSeconds < 1) {
      throw new IllegalArgumentException(
          "rate and segments must be positive: " + framesPerSecond + ", " + segmentSeconds);
    }
    people = List.copyOf(people);
    gaps = List.copyOf(gaps);
  }

  /**
   * Somebody with a tile.
   *
   * @param name burned in
   * @param media what he sent
   * @param told why there was no picture of him, where the ledger tells
   */
  public record Person(String name, List<Media> media, List<Told> told) {
    /** Copies the lists. */
    public Person {
      media = List.copyOf(media);
      told = List.copyOf(told);
    }
  }

  /**
   * Why a time is without picture.
   *
   * @param span when
   * @param cause in the word of the ledger: mute, leave, network, capture-stall …
   */
  public record Told(Span span, String cause) {}

  /**
   * One track.
   *
   * @param kind sound or picture
   * @param file WebM file with one stream
   * @param offsetMillis of its first frame
   * @param durationMillis from its first frame to the end of its last
   * @param gaps where it has nothing to play
   */
  public record Media(
      MediaKind kind, Path file, long offsetMillis, long durationMillis, List<Span> gaps) {
    /** Copies the list. */
    public Media {
      gaps = List.copyOf(gaps);
    }

    /** Whether there is something to play. */
    boolean plays(long millis) {
      return millis >= offsetMillis
          && millis < offsetMillis + durationMillis
          && gaps.stream().noneMatch(gap -> gap.contains(millis));
    }
  }

  /**
   * A time without media.
   *
   * @param fromMillis first moment
   * @param toMillis first moment after it
   */
  public record Span(long fromMillis, long toMillis) {
    boolean contains(long millis) {
      return millis >= fromMillis && millis < toMillis;
    }
  }

  /** Number of pictures; the last one may stand over the end. */
  long frames() {
    return Math.ceilDiv((toMillis - fromMillis) * framesPerSecond, MILLIS_PER_SECOND);
  }

  /** When a picture is shown, on the session clock. */
  long frameMillis(long frame) {
    return fromMillis + frame * MILLIS_PER_SECOND / framesPerSecond;
  }

  /** The one spelling of it. */
  byte[] write() {
    ObjectNode json = CanonicalJson.object();
    json.put("width", size.width());
    json.put("height", size.height());
    json.put("framesPerSecond", framesPerSecond);
    json.put("videoBitsPerSecond", videoBitsPerSecond);
    json.put("segmentSeconds", segmentSeconds);
    json.put("layout", layout.name());
    json.put("caption", caption);
    if (watermark != null) {
      json.put("watermark", watermark);
    }
    json.put("font", font.toString());
    json.put("zone", zone.getId());
    json.put("start", start.toString());
    json.put("fromMillis", fromMillis);
    json.put("toMillis", toMillis);
    json.put("comment", comment);
    ArrayNode array = json.putArray("people");
    for (Person person : people) {
      ObjectNode personJson = array.addObject().put("name", person.name());
      ArrayNode toldArray = personJson.putArray("told");
      for (Told told : person.told()) {
        ObjectNode toldJson = toldArray.addObject().put("cause", told.cause());
        toldJson.put("fromMillis", told.span().fromMillis());
        toldJson.put("toMillis", told.span().toMillis());
      }
      ArrayNode mediaArray = personJson.putArray("media");
      for (Media media : person.media()) {
        ObjectNode mediaJson = mediaArray.addObject();
        mediaJson.put("kind", media.kind().name());
        mediaJson.put("file", media.file().toString());
        mediaJson.put("offsetMillis", media.offsetMillis());
        mediaJson.put("durationMillis", media.durationMillis());
        writeSpans(mediaJson.putArray("gaps"), media.gaps());
      }
    }
    writeSpans(json.putArray("gaps"), gaps);
    return CanonicalJson.write(json);
  }

  private static void writeSpans(ArrayNode array, List<Span> spans) {
    spans.forEach(
        span ->
            array
                .addObject()
                .put("fromMillis", span.fromMillis())
                .put("toMillis", span.toMillis()));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws CompositeException when it is something else
   */
  static CompositePlan read(byte[] bytes) {
    try {
      JsonNode json = CanonicalJson.read(bytes);
      List<Person> people = new ArrayList<>();
      for (JsonNode person : json.path("people")) {
        people.add(
            new Person(
                person.path("name").asText(),
                readMedia(person.path("media")),
                readTold(person.path("told"))));
      }
      return new CompositePlan(
          new PixelSize(json.path("width").asInt(), json.path("height").asInt()),
          json.path("framesPerSecond").asInt(),
          json.path("videoBitsPerSecond").asInt(),
          json.path("segmentSeconds").asInt(),
          CompositeLayout.valueOf(json.path("layout").asText()),
          json.path("caption").asText(),
          json.has("watermark") ? json.path("watermark").asText() : null,
          Path.of(json.path("font").asText()),
          ZoneId.of(json.path("zone").asText()),
          Instant.parse(json.path("start").asText()),
          json.path("fromMillis").asLong(),
          json.path("toMillis").asLong(),
          people,
          readSpans(json.path("gaps")),
          json.path("comment").asText());
    } catch (RuntimeException | heyi.recording.ledger.LedgerDamage e) {
      throw new CompositeException("not a plan of a film: " + e.getMessage(), e);
    }
  }

  private static List<Media> readMedia(JsonNode array) {
    List<Media> media = new ArrayList<>();
    for (JsonNode one : array) {
      media.add(
          new Media(
              MediaKind.valueOf(one.path("kind").asText()),
              Path.of(one.path("file").asText()),
              one.path("offsetMillis").asLong(),
              one.path("durationMillis").asLong(),
              readSpans(one.path("gaps"))));
    }
    return media;
  }

  private static List<Told> readTold(JsonNode array) {
    List<Told> told = new ArrayList<>();
    for (JsonNode one : array) {
      Span span = new Span(one.path("fromMillis").asLong(), one.path("toMillis").asLong());
      told.add(new Told(span, one.path("cause").asText()));
    }
    return told;
  }

  private static List<Span> readSpans(JsonNode array) {
    List<Span> spans = new ArrayList<>();
    for (JsonNode span : array) {
      spans.add(new Span(span.path("fromMillis").asLong(), span.path("toMillis").asLong()));
    }
    return spans;
  }
}
