package heyi.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.bot.BotCamera;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.endpoint.UdpPort;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the recorder of a server takes of processor and memory, and what a headless browser takes
 * that sits in one of the same rooms as a receiver and records each track with MediaRecorder.
 *
 * <p>People send what the web client sends. The server is a process of its own; bridge and people
 * are in that of the benchmark. Its idle time is taken off, so what is left is the recorder, and
 * rooms that do nothing meanwhile. Of the browser all processes count; what it records is dropped,
 * so that it pays for no disk.
 */
final class LiveRecording {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /**
   * A mediation lasts an hour and a server runs for weeks: what its first minutes cost says little.
   * After one minute the compiler still took a third of the recorder's processor time.
   */
  private static final Duration SETTLING = Duration.ofMinutes(2);

  private static final Duration IDLING = Duration.ofSeconds(10);
  private static final Duration BROWSER_SETTLING = Duration.ofSeconds(15);

  private static final int ROOMS = 3;
  private static final int PARTIES = 2;
  private static final int PEOPLE_IN_ROOM = PARTIES + 1;
  private static final int PICTURE_BITS_PER_SECOND = 1_000_000;
  private static final Duration PICTURES = Duration.ofSeconds(12);

  private final Vertx vertx;
  private final ChildServer server;
  private final Clock clock;
  private final Duration window;
  private final String chromium;

  /**
   * What was measured.
   *
   * @param corePercent of the recorder per participant
   * @param browserCorePercent of the browser for its room
   * @param recorderCorePercent of the recorder per room in the same seconds
   * @param kilobytesPerPerson by which the server grew
   */
  record Cost(
      int people,
      int peopleInRoom,
      double packetsPerSecond,
      double corePercent,
      double kilobytesPerPerson,
      double browserCorePercent,
      double browserKilobytes,
      double recorderCorePercent,
      int browserTracks,
      int expectedTracks) {}

  private LiveRecording(
      Vertx vertx, ChildServer server, Clock clock, Duration window, String chromium) {
    this.vertx = vertx;
    this.server = server;
    this.clock = clock;
    this.window = window;
    this.chromium = chromium;
  }

  static Cost measure(Vertx vertx, Path folder, Clock clock, Duration window, String chromium)
      throws IOException {
    try (UdpPort port = UdpPort.open(InetAddress.getLoopbackAddress(), 0)) {
      EmbeddedBridge bridge =
          Awaiting.get(
              "the bridge starts",
              LIMIT,
              EmbeddedBridge.start(vertx, port, EmbeddedBridgeOptions.DEFAULT));
      Map<String, String> settings =
          Map.of(
              "HEYI_MEDIA_BRIDGES", bridge.uri().toString(),
              "HEYI_MEDIA_ADDRESSES", InetAddress.getLoopbackAddress().getHostAddress());
      try (ChildServer server = ChildServer.start(folder, settings)) {
        Path pictures = folder.resolve("camera.ivf");
        new TestCamera(TestCamera.Scene.WALL, PICTURE_BITS_PER_SECOND).film(pictures, PICTURES);
        BotCamera camera = BotCamera.ofIvf(pictures, TestCamera.FRAMES_PER_SECOND);
        return new LiveRecording(vertx, server, clock, window, chromium)
            .measure(camera, folder.resolve("profile"));
      } finally {
        Awaiting.get("the bridge stops", LIMIT, bridge.close());
      }
    }
  }

  private Cost measure(BotCamera camera, Path profile) throws IOException {
    pass(IDLING);
    double idle = serverPercent();
    long idleKilobytes = server.serverMemoryKilobytes();
    List<BenchRoom> rooms = new ArrayList<>();
    List<ScriptedParticipant> people = new ArrayList<>();
    try (ApiClient mediator = server.mediator(vertx)) {
      for (int i = 0; i < ROOMS; i++) {
        // One more seat than people: the browser's.
        BenchRoom room = new BenchRoom(vertx, server.port(), mediator, clock, PARTIES + 1, camera);
        rooms.add(room);
        people.addAll(record(room));
      }
      pass(SETTLING);
      long packetsBefore = packets(people);
      double busy = serverPercent() - idle;
      double rate = (packets(people) - packetsBefore) / (double) window.toSeconds() / people.size();
      double grown = server.serverMemoryKilobytes() - idleKilobytes;
      try (HeadlessBrowser browser = HeadlessBrowser.start(vertx, chromium, profile)) {
        join(browser, rooms.getFirst());
        pass(BROWSER_SETTLING);
        ProcessorTime serverBefore = ProcessorTime.of(server.process());
        ProcessorTime browserBefore = ProcessorTime.of(browser.processes());
        pass(window);
        double recorder = percent(ProcessorTime.of(server.process()).since(serverBefore)) - idle;
        double browsing = percent(ProcessorTime.of(browser.processes()).since(browserBefore));
        return new Cost(
            people.size(),
            PEOPLE_IN_ROOM,
            rate,
            busy / people.size(),
            grown / people.size(),
            browsing,
            ProcessorTime.memoryKilobytes(browser.processes().toList()),
            recorder / ROOMS,
            recordedTracks(browser),
            2 * PEOPLE_IN_ROOM);
      }
    } finally {
      rooms.forEach(BenchRoom::close);
    }
  }

  private static List<ScriptedParticipant> record(BenchRoom room) {
    List<ScriptedParticipant> people = new ArrayList<>();
    ScriptedParticipant mediator = room.mediatorJoins();
    people.add(mediator);
    for (int party = 1; party <= PARTIES; party++) {
      people.add(room.partyJoins(party, room.invite(party)));
    }
    room.advance(mediator, Phase.OPENING);
    Awaiting.get(
        "the recorder receives",
        LIMIT,
        mediator
            .room()
            .state(state -> state.path("recording").asText().equals("receiving"), LIMIT));
    return people;
  }

  private void join(HeadlessBrowser browser, BenchRoom room) throws IOException {
    browser.open("http://127.0.0.1:" + server.port() + "/healthz");
    String token = room.seatOfParty(PARTIES + 1);
    browser.evaluate("(" + script() + ")(\"" + token + "\")");
  }

  private static String script() throws IOException {
    try (InputStream in = LiveRecording.class.getResourceAsStream("browser-recorder.js")) {
      if (in == null) {
        throw new IOException("browser-recorder.js is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("//")).reduce("", (a, b) -> a + b + "\n");
    }
  }

  private static int recordedTracks(HeadlessBrowser browser) {
    JsonNode recorded = browser.evaluate("window.heyiRecorded");
    if (!recorded.path("failures").isEmpty()) {
      throw new IllegalStateException("the browser failed: " + recorded.path("failures"));
    }
    return recorded.path("tracks").asInt();
  }

  private static long packets(List<ScriptedParticipant> people) {
    return people.stream().mapToLong(ScriptedParticipant::sentPackets).sum();
  }

  private double serverPercent() {
    ProcessorTime before = ProcessorTime.of(server.process());
    pass(window);
    return percent(ProcessorTime.of(server.process()).since(before));
  }

  private double percent(Duration processor) {
    return 100.0 * processor.toNanos() / window.toNanos();
  }

  private void pass(Duration length) {
    Awaiting.get(
        "time passes", length.plus(LIMIT), vertx.timer(length.toMillis(), TimeUnit.MILLISECONDS));
  }
}
