package heyi.recording.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.recording.ledger.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The transcript (调解笔录) of a recording as a text to read, UTF-8. It is a function of the ledger
 * alone: the verifiers make it again and compare. The page {@code verify.html} has the same rules
 * in {@code transcript-text.ts}.
 *
 * <p>Each line stands with all that became of it, in the order of the entries. Times are on the
 * session clock. Who somebody is stands in the agreement; here he has his seat.
 */
public final class TranscriptText {
  private static final String PREFIX = "transcript-";
  private static final String INDENT = "           ";
  private static final String HEAD =
      """
      调解笔录 Transcript of the mediation
      ====================================
      录制编号 Recording: %s
      场次 Session: %s
      开始 Begun: %s

      由过程账本（ledger.jsonl）逐条得出：更正、划去和异议都保留，没有任何一条被改写。
      Follows entry by entry from ledger.jsonl: corrections, strikes and objections are kept, nothing
      is overwritten.

      """;

  private final Instant start;

  /** Lines of the text by the entry that they belong to. */
  private final Map<Integer, List<String>> lines = new LinkedHashMap<>();

  private final Map<Integer, Integer> roots = new HashMap<>();
  private final List<String> readings = new ArrayList<>();

  private TranscriptText(Instant start) {
    this.start = start;
  }

  /** The text; null when nothing was written. */
  public static byte @Nullable [] of(List<LedgerEntry> ledger) {
    List<LedgerEntry> written =
        ledger.stream().filter(entry -> entry.type().startsWith(PREFIX)).toList();
    if (written.isEmpty()) {
      return null;
    }
    JsonNode started = ledger.getFirst().payload();
    TranscriptText text = new TranscriptText(instant(started, "startedAt"));
    written.forEach(entry -> text.add(entry.type().substring(PREFIX.length()), entry.payload()));
    return text.write(started).getBytes(StandardCharsets.UTF_8);
  }

  private String write(JsonNode started) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            HEAD,
            word(started, "recordingId"),
            word(started, "sessionId"),
            word(started, "startedAt")));
    lines.values().forEach(group -> group.forEach(line -> out.append(line).append('\n')));
    if (!readings.isEmpty()) {
      out.append("\n已阅 Read\n");
      readings.forEach(line -> out.append(line).append('\n'));
    }
    return out.toString();
  }

  private void add(String kind, JsonNode entry) {
    int number = number(entry, "number");
    switch (kind) {
      case "line" ->
          begin(number, clock(instant(entry, "spokenAt")) + number + ". " + speech(entry));
      case "correction" ->
          under(number(entry, "replaces"), number, "更正 corrected: " + speech(entry) + why(entry));
      case "strike" -> under(number(entry, "replaces"), number, "划去 struck out" + why(entry));
      case "objection" ->
          under(
              number(entry, "line"),
              number,
              "异议 objection: " + seat(word(entry, "seatId")) + "：" + word(entry, "text"));
      case "refusal" ->
          under(number(entry, "objection"), number, "不予更正 left as it is" + why(entry));
      case "reading" ->
          readings.add(
              INDENT
                  + number
                  + ". "
                  + seat(word(entry, "seatId"))
                  + "：至第 "
                  + number(entry, "upTo")
                  + " 条 up to entry "
                  + number(entry, "upTo"));
      default -> {} // of a later server
    }
  }

  private void begin(int root, String line) {
    roots.put(root, root);
    lines.computeIfAbsent(root, _ -> new ArrayList<>()).add(line);
  }

  private void under(int about, int number, String line) {
    int root = Objects.requireNonNullElse(roots.get(about), about);
    roots.put(number, root);
    lines.computeIfAbsent(root, _ -> new ArrayList<>()).add(INDENT + number + ". " + line);
  }

  private String clock(Instant at) {
    long seconds = Math.max(0, at.toEpochMilli() - start.toEpochMilli()) / 1_000;
    Duration since = Duration.ofSeconds(seconds);
    return String.format(
        Locale.ROOT,
        "[%02d:%02d:%02d] ",
        since.toHours(),
        since.toMinutesPart(),
        since.toSecondsPart());
  }

  private static String speech(JsonNode entry) {
    return seat(word(entry, "speaker")) + "：" + word(entry, "text");
  }

  private static String why(JsonNode entry) {
    int objection = number(entry, "objection");
    String answers = objection < 0 ? "" : "；答复第 " + objection + " 条 answers " + objection;
    return "（理由 reason: " + word(entry, "reason") + answers + "）";
  }

  private static String seat(String id) {
    if (id.isEmpty()) {
      return "记录 note";
    }
    if (id.equals("mediator")) {
      return "调解员 mediator";
    }
    return id.matches("party-[0-9]+") ? "当事人" + id.substring(6) + " " + id : id;
  }

  private static String word(JsonNode json, String field) {
    return json.path(field).isTextual() ? json.path(field).textValue() : "";
  }

  private static int number(JsonNode json, String field) {
    return json.path(field).isInt() ? json.path(field).intValue() : -1;
  }

  private static Instant instant(JsonNode json, String field) {
    try {
      return Instant.parse(word(json, field));
    } catch (DateTimeException _) {
      return Instant.EPOCH;
    }
  }
}
