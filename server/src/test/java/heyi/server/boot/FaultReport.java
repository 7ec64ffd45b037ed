package heyi.server.boot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * What each fault cost a session, judged by its evidence package alone, and what is wrong in it.
 */
final class FaultReport {
  /** What may be lost of what people said. */
  private static final long MAY_BE_LOST_MILLIS = 2_000;

  /** Longer than a busy machine holds up the packets of bots, which send without end. */
  private static final long HOLE_MILLIS = 1_000;

  /** Readings of a clock are cut to milliseconds, and a process needs some to die. */
  private static final long SLACK_MILLIS = 50;

  private final RecordedTime time;
  private final long seed;
  private final List<ObjectNode> strikes = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private long mostLostMillis;

  private FaultReport(RecordedTime time, long seed) {
    this.time = time;
    this.seed = seed;
  }

  static FaultReport of(RecordedTime time, List<Strike> strikes, long seed) {
    FaultReport report = new FaultReport(time, seed);
    Iterator<ObjectNode> restarts = time.gaps("server-restart").iterator();
    Iterator<ObjectNode> jumps = time.jumps().iterator();
    strikes.forEach(strike -> report.add(strike, restarts, jumps));
    restarts.forEachRemaining(gap -> report.wrong.add("nobody killed the server then: " + gap));
    jumps.forEachRemaining(jump -> report.wrong.add("nobody set the clock then: " + jump));
    report.judgeHoles();
    return report;
  }

  private void add(Strike strike, Iterator<ObjectNode> restarts, Iterator<ObjectNode> jumps) {
    long at = time.millisOf(strike.at());
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("fault", strike.fault().name().toLowerCase(Locale.ROOT)).put("atMillis", at);
    strikes.add(line);
    switch (strike.fault()) {
      case SERVER -> {
        if (restarts.hasNext()) {
          lost(line, at, restarts.next().path("fromMillis").asLong());
        } else {
          wrong.add("the ledger does not tell this: " + line);
        }
      }
      case DISK -> lost(line, at, time.lastPacketBefore(at));
      case CLOCK -> {
        if (jumps.hasNext()) {
          line.put("byMillis", jumps.next().path("byMillis").asLong());
        } else {
          wrong.add("the ledger does not tell this: " + line);
        }
      }
      case STORE, DATABASE, WORKER -> line.put("lostMillis", 0);
    }
  }

  private void lost(ObjectNode line, long at, long lastPacket) {
    long lost = at - lastPacket;
    line.put("lostMillis", lost);
    mostLostMillis = Math.max(mostLostMillis, lost);
    if (lost < -SLACK_MILLIS || lost > MAY_BE_LOST_MILLIS) {
      wrong.add("more is lost than may be: " + line);
    }
  }

  private void judgeHoles() {
    List<RecordedTime.Hole> holes = time.holes(HOLE_MILLIS);
    holes.stream()
        .filter(hole -> !time.explained(hole, MAY_BE_LOST_MILLIS))
        .forEach(hole -> wrong.add("the ledger does not tell of this hole: " + hole));
    long interruptions =
        strikes.stream()
            .map(line -> line.path("fault").asText())
            .filter(fault -> fault.equals("server") || fault.equals("disk"))
            .count();
    if (holes.size() > interruptions) {
      wrong.add(interruptions + " faults interrupt a talk, but it has the holes " + holes);
    }
  }

  /** What should not be, in words; empty when all is well. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** A table for people and one line of JSON. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "  %-10s %12s %12s%n", "fault", "at, ms", "lost, ms"));
    for (ObjectNode line : strikes) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-10s %12d %12s%n",
              line.path("fault").asText(),
              line.path("atMillis").asLong(),
              line.path("lostMillis").asText("–")));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "  at most %d ms lost (allowed %d), holes that the ledger does not tell: %d%n",
            mostLostMillis,
            MAY_BE_LOST_MILLIS,
            wrong.size()));
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "faults");
    json.put("seed", seed).put("mostLostMillis", mostLostMillis).put("onTarget", wrong.isEmpty());
    strikes.forEach(json.putArray("strikes")::add);
    time.holes(HOLE_MILLIS)
        .forEach(
            hole ->
                json.withArray("holes")
                    .addObject()
                    .put("fromMillis", hole.fromMillis())
                    .put("toMillis", hole.toMillis()));
    wrong.forEach(json.putArray("wrong")::add);
    Files.writeString(file, text.append(json).append('\n'));
  }
}
