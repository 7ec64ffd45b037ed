package heyi.recording.composite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.Sha256;
import heyi.recording.ledger.CanonicalJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory in which one film is made. What has its final name is whole: a killed run goes on
 * behind it.
 *
 * <pre>
 * plan.json            what is made; another plan empties the directory
 * sound.mp4, turns.json, segment-00000.mp4 …
 * film.mp4, film.json  there last
 * </pre>
 */
final class WorkDirectory {
  private static final String PLAN = "plan.json";
  private static final String SOUND = "sound.mp4";
  private static final String TURNS = "turns.json";
  private static final String FILM = "film.mp4";
  private static final String RESULT = "film.json";
  private static final String PART = ".part";

  private final Path path;

  WorkDirectory(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  Path path() {
    return path;
  }

  /** Makes the directory ready for a plan; keeps what another run of the same plan left. */
  void prepare(CompositePlan plan) throws IOException {
    Files.createDirectories(path);
    byte[] wanted = plan.write();
    Path file = path.resolve(PLAN);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), wanted)) {
      return;
    }
    try (Stream<Path> old = Files.list(path)) {
      for (Path leftover : old.filter(Files::isRegularFile).toList()) {
        Files.delete(leftover);
      }
    }
    Files.write(part(file), wanted);
    keep(file);
  }

  CompositePlan plan() throws IOException {
    return CompositePlan.read(Files.readAllBytes(path.resolve(PLAN)));
  }

  Path segment(Segment segment) {
    return path.resolve(segment.fileName());
  }

  Path sound() {
    return path.resolve(SOUND);
  }

  Path film() {
    return path.resolve(FILM);
  }

  /** Where a file is written before it is whole. */
  static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + PART);
  }

  /** Gives a whole file its name, once it is on the disk. */
  static void keep(Path file) throws IOException {
    Path part = part(file);
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  boolean hasSound() {
    return Files.exists(sound()) && Files.exists(path.resolve(TURNS));
  }

  void keepTurns(List<Speakers.Turn> turns) throws IOException {
    ObjectNode json = CanonicalJson.object();
    ArrayNode array = json.putArray("turns");
    turns.forEach(
        turn ->
            array.addObject().put("fromMillis", turn.fromMillis()).put("person", turn.person()));
    write(path.resolve(TURNS), json);
  }

  List<Speakers.Turn> turns() throws IOException {
    List<Speakers.Turn> turns = new ArrayList<>();
    for (JsonNode turn :
        CanonicalJson.read(Files.readAllBytes(path.resolve(TURNS))).path("turns")) {
      turns.add(new Speakers.Turn(turn.path("fromMillis").asLong(), turn.path("person").asInt()));
    }
    return turns;
  }

  void keepResult(Duration duration) throws IOException {
    ObjectNode json = CanonicalJson.object();
    json.put("sizeBytes", Files.size(film()));
    json.put("sha256", Sha256.ofFile(film()).hex());
    json.put("durationMillis", duration.toMillis());
    write(path.resolve(RESULT), json);
  }

  boolean hasResult() {
    return Files.exists(path.resolve(RESULT));
  }

  CompositeFile result() throws IOException {
    JsonNode json = CanonicalJson.read(Files.readAllBytes(path.resolve(RESULT)));
    return new CompositeFile(
        film(),
        json.path("sizeBytes").asLong(),
        new Sha256(json.path("sha256").asText()),
        Duration.ofMillis(json.path("durationMillis").asLong()));
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    Files.write(part(file), CanonicalJson.write(json));
    keep(file);
  }
}
