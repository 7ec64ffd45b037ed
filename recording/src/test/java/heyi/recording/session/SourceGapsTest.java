package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.recording.Sha256;
import heyi.recording.TrackId;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.RecordingEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A ledger, tracks, and the holes that follow from both. */
@DisplayName("R26: every hole has a source, a time and the cause that the ledger tells")
final class SourceGapsTest {
  private static final long END = 100_000;

  private final List<LedgerEntry> ledger = new ArrayList<>();

  @Test
  void aMutedMicrophoneIsMuteAndTheOtherKindIsNot() {
    told(10_000, "mute-changed", mute("party-1", "audio", true));
    told(20_000, "mute-changed", mute("party-1", "audio", false));
    stopped();

    List<ObjectNode> gaps =
        gaps(
            track("party-1", MediaKind.AUDIO, 0, END, new MadeTrack.Gap(10_100, 20_200)),
            track("party-1", MediaKind.VIDEO, 0, END, new MadeTrack.Gap(12_000, 15_000)));

    assertThat(gaps).extracting(SourceGapsTest::cause).containsExactly("mute", "unknown");
    assertThat(gaps.getFirst().path("toldBy").asLong()).isZero();
    assertThat(gaps.getLast().has("toldBy")).isFalse();
  }

  @Test
  void whoLeavesAndComesBackHasAnotherTrackAndAHoleBetween() {
    told(30_000, "seat-left", seat("party-1"));
    told(60_000, "seat-rejoined", seat("party-1"));
    told(70_000, "seat-dropped", seat("party-1"));
    stopped();

    List<ObjectNode> gaps =
        gaps(
            track("party-1", MediaKind.AUDIO, 1_000, 30_000),
            track("party-1", MediaKind.AUDIO, 61_000, 70_000));

    assertThat(gaps).extracting(SourceGapsTest::cause).containsExactly("leave", "network");
    assertThat(gaps)
        .extracting(gap -> gap.path("fromMillis").asLong())
        .containsExactly(30_000L, 70_000L);
    assertThat(gaps.getLast().path("toMillis").asLong()).isEqualTo(END);
  }

  @Test
  void theFactThatCoversMostOfAHoleIsItsCause() {
    told(40_000, RecordingEvents.GAP, gap("server-restart", 20_000, 40_000));
    told(39_000, "seat-dropped", seat("party-1"));
    told(41_000, "seat-rejoined", seat("party-1"));
    told(90_000, RecordingEvents.GAP, gap("bridge", 80_000, 85_000));
    stopped();

    List<ObjectNode> gaps =
        gaps(
            track(
                "party-1",
                MediaKind.AUDIO,
                0,
                END,
                new MadeTrack.Gap(20_000, 42_000),
                new MadeTrack.Gap(80_000, 86_000)));

    assertThat(gaps).extracting(SourceGapsTest::cause).containsExactly("server-restart", "bridge");
  }

  @Test
  void aRestForWantOfRoomAndAStalledCaptureAreTold() {
    told(0, "source-added", source("party-1", "party-1-1-v0", "VIDEO"));
    told(10_000, RecordingEvents.PAUSED, CanonicalJson.object().put("cause", "disk-full"));
    told(20_000, RecordingEvents.RESUMED, CanonicalJson.object());
    told(60_000, RecordingEvents.CAPTURE_STALL, stall("party-1-1-v0", 50_000, 58_000));
    stopped();

    List<ObjectNode> gaps =
        gaps(
            track(
                "party-1",
                MediaKind.VIDEO,
                0,
                END,
                new MadeTrack.Gap(10_100, 20_500),
                new MadeTrack.Gap(50_000, 58_000)));

    assertThat(gaps).extracting(SourceGapsTest::cause).containsExactly("recorder", "capture-stall");
  }

  @Test
  void whatIsPublishedAndCannotBePlayedYetIsAHoleToo() {
    told(5_000, "source-added", source("party-1", "party-1-1-v0", "VIDEO"));
    told(5_100, RecordingEvents.OFF_RECORD, CanonicalJson.object().put("reason", "隐私"));
    told(7_000, RecordingEvents.ON_RECORD, CanonicalJson.object());
    told(9_000, "source-added", source("party-2", "party-2-1-v0", "VIDEO"));
    stopped();

    List<ObjectNode> gaps =
        gaps(
            track("party-1", MediaKind.VIDEO, 7_100, END),
            track("party-2", MediaKind.VIDEO, 9_400, END));

    assertThat(gaps).extracting(SourceGapsTest::cause).containsExactly("off-record");
    assertThat(gaps.getFirst().path("fromMillis").asLong()).isEqualTo(5_000);
    assertThat(gaps.getFirst().path("toMillis").asLong()).isEqualTo(7_100);
  }

  @Test
  void aHoleOffTheRecordSaysWhyInTheWordsOfTheMediator() {
    told(20_000, RecordingEvents.OFF_RECORD, CanonicalJson.object().put("reason", "商业秘密"));
    told(40_000, RecordingEvents.ON_RECORD, CanonicalJson.object());
    told(80_000, RecordingEvents.OFF_RECORD, CanonicalJson.object().put("reason", "隐私"));
    stopped();

    List<ObjectNode> gaps =
        gaps(track("party-1", MediaKind.AUDIO, 0, 80_000, new MadeTrack.Gap(20_100, 40_200)));

    assertThat(gaps).extracting(SourceGapsTest::cause).containsExactly("off-record", "off-record");
    assertThat(gaps).extracting(gap -> gap.path("reason").asText()).containsExactly("商业秘密", "隐私");
  }

  @Test
  void whatTheRoomHeldBackForWantOfAMediatorIsNoFaultOfTheRecorder() {
    told(20_000, "held-back", CanonicalJson.object().put("held", true));
    told(40_000, "held-back", CanonicalJson.object().put("held", false));
    stopped();

    assertThat(gaps(track("party-1", MediaKind.AUDIO, 0, END, new MadeTrack.Gap(20_100, 40_200))))
        .extracting(SourceGapsTest::cause)
        .containsExactly("held-back");
  }

  @Test
  void aCaucusExplainsWhatGoesWithItToWhoIsInItAndToWhoWaits() {
    told(0, "mute-changed", mute("party-3", "audio", true));
    told(20_000, "caucus-opened", seat("party-1").put("by", "mediator").put("number", 1));
    told(20_010, "held-back", CanonicalJson.object().put("held", true));
    told(25_000, "seat-dropped", seat("party-2"));
    told(30_000, "seat-rejoined", seat("party-2"));
    told(40_000, "caucus-ended", seat("party-1").put("number", 1));
    told(40_010, "held-back", CanonicalJson.object().put("held", false));
    told(60_000, "held-back", CanonicalJson.object().put("held", true));
    stopped();

    List<ObjectNode> gaps =
        gaps(
            track("party-1", MediaKind.AUDIO, 0, 20_000),
            track("party-1", MediaKind.AUDIO, 41_500, END),
            track("party-2", MediaKind.AUDIO, 0, 60_000, new MadeTrack.Gap(20_050, 40_800)),
            track("party-3", MediaKind.AUDIO, 0, END, new MadeTrack.Gap(1_000, END - 1_000)));

    assertThat(gaps)
        .extracting(SourceGapsTest::cause)
        .containsExactly("caucus", "caucus", "held-back", "mute");
    assertThat(gaps.getFirst().path("toldBy").asLong()).isEqualTo(1);
  }

  @Test
  void whatIsPublishedAndHasNoFirstPictureYetIsStartingWhenNothingElseIsToldOfIt() {
    told(5_000, "source-added", source("party-1", "party-1-1", "VIDEO"));
    told(5_000, "source-added", source("party-2", "party-2-1", "VIDEO"));
    told(5_100, "mute-changed", mute("party-2", "video", true));
    told(8_000, "mute-changed", mute("party-2", "video", false));
    told(58_000, "source-added", source("party-1", "party-1-2", "VIDEO"));
    stopped();

    List<ObjectNode> gaps =
        gaps(
            track("party-1", MediaKind.VIDEO, 8_200, 30_000),
            track("party-1-2", "party-1", MediaKind.VIDEO, 60_000, END),
            track("party-2", MediaKind.VIDEO, 8_300, END));

    assertThat(gaps)
        .extracting(SourceGapsTest::cause)
        .containsExactly("starting", "unknown", "mute");
    assertThat(gaps.getFirst().path("toldBy").asLong()).isZero();
  }

  @Test
  void aPageInTheBackgroundExplainsWhatStopsSoonAfter() {
    told(10_000, "background-changed", background("party-1", true));
    told(30_000, "seat-dropped", seat("party-1"));
    told(40_000, "seat-rejoined", seat("party-1"));
    stopped();

    List<ObjectNode> gaps =
        gaps(track("party-1", MediaKind.VIDEO, 0, END, new MadeTrack.Gap(11_000, 41_000)));

    assertThat(gaps).extracting(SourceGapsTest::cause).containsExactly("background");
  }

  @Test
  void aPageThatLaySendingInTheBackgroundForLongDoesNotExplainALostNetwork() {
    told(10_000, "background-changed", background("party-1", true));
    told(60_000, "seat-dropped", seat("party-1"));
    told(70_000, "seat-rejoined", seat("party-1"));
    told(80_000, "background-changed", background("party-1", true));
    stopped();

    List<ObjectNode> gaps =
        gaps(
            track(
                "party-1",
                MediaKind.AUDIO,
                0,
                END,
                new MadeTrack.Gap(54_000, 70_500),
                new MadeTrack.Gap(95_000, 99_000)));

    assertThat(gaps).extracting(SourceGapsTest::cause).containsExactly("network", "background");
  }

  @Test
  void aCameraThatTheSystemTookIsNotSwitchedOffByThePersonButOneHeMutedIs() {
    told(10_000, "background-changed", background("party-1", false, "video"));
    told(10_100, "mute-changed", mute("party-1", "video", true));
    told(19_900, "background-changed", background("party-1", false));
    told(20_000, "mute-changed", mute("party-1", "video", false));
    told(48_000, "background-changed", background("party-1", true));
    told(50_000, "mute-changed", mute("party-1", "audio", true));
    told(60_000, "mute-changed", mute("party-1", "audio", false));
    stopped();

    assertThat(gaps(track("party-1", MediaKind.VIDEO, 0, END, new MadeTrack.Gap(10_000, 20_500))))
        .extracting(SourceGapsTest::cause)
        .containsExactly("background");
    assertThat(gaps(track("party-1", MediaKind.AUDIO, 0, END, new MadeTrack.Gap(50_000, 60_000))))
        .extracting(SourceGapsTest::cause)
        .containsExactly("mute");
  }

  private List<ObjectNode> gaps(MadeTrack... tracks) {
    return SourceGaps.of(ledger, List.of(tracks)).stream().map(LedgerEvent::payload).toList();
  }

  private static String cause(ObjectNode gap) {
    return gap.path("cause").asText();
  }

  private void stopped() {
    told(END, RecordingEvents.STOPPED, CanonicalJson.object());
  }

  private void told(long millis, String type, ObjectNode payload) {
    ledger.add(
        new LedgerEntry(
            ledger.size(),
            Instant.EPOCH.plusMillis(millis),
            Duration.ofMillis(millis),
            type,
            payload,
            Sha256.NONE,
            Sha256.NONE));
  }

  private static ObjectNode seat(String seat) {
    return CanonicalJson.object().put("seatId", seat);
  }

  private static ObjectNode mute(String seat, String kind, boolean muted) {
    return seat(seat).put("kind", kind).put("muted", muted);
  }

  private static ObjectNode background(String seat, boolean hidden, String... interrupted) {
    ObjectNode payload = seat(seat).put("hidden", hidden);
    List.of(interrupted).forEach(payload.putArray("interrupted")::add);
    return payload;
  }

  private static ObjectNode gap(String cause, long from, long to) {
    return CanonicalJson.object().put("cause", cause).put("fromMillis", from).put("toMillis", to);
  }

  private static ObjectNode source(String seat, String name, String kind) {
    return seat(seat).put("source", name).put("kind", kind);
  }

  private static ObjectNode stall(String source, long from, long to) {
    return gap("", from, to).put("source", source).put("missingMillis", to - from);
  }

  private static MadeTrack track(
      String seat, MediaKind kind, long from, long to, MadeTrack.Gap... gaps) {
    return track(seat + "-1", seat, kind, from, to, gaps);
  }

  private static MadeTrack track(
      String source, String seat, MediaKind kind, long from, long to, MadeTrack.Gap... gaps) {
    return new MadeTrack(
        new TrackId(seat + "-" + from),
        seat,
        seat,
        kind,
        new SourceName(source),
        1,
        Sha256.NONE,
        from,
        to - from,
        null,
        "sender-reports",
        List.of(gaps),
        List.of());
  }
}
