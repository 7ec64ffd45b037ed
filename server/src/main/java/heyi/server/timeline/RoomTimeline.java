package heyi.server.timeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.signaling.room.Agreement;
import heyi.signaling.room.Background;
import heyi.signaling.room.Consent;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomEvent.AgreementConfirmed;
import heyi.signaling.room.RoomEvent.AgreementDeclined;
import heyi.signaling.room.RoomEvent.AgreementPresented;
import heyi.signaling.room.RoomEvent.BackgroundChanged;
import heyi.signaling.room.RoomEvent.CaucusEnded;
import heyi.signaling.room.RoomEvent.CaucusOpened;
import heyi.signaling.room.RoomEvent.ConsentGiven;
import heyi.signaling.room.RoomEvent.HeldBack;
import heyi.signaling.room.RoomEvent.MuteChanged;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import heyi.signaling.room.RoomEvent.RecordResumed;
import heyi.signaling.room.RoomEvent.RecordWithheld;
import heyi.signaling.room.RoomEvent.RecordingRequested;
import heyi.signaling.room.RoomEvent.RoomClosed;
import heyi.signaling.room.RoomEvent.RoomOpened;
import heyi.signaling.room.RoomEvent.RoomRestored;
import heyi.signaling.room.RoomEvent.SeatDropped;
import heyi.signaling.room.RoomEvent.SeatJoined;
import heyi.signaling.room.RoomEvent.SeatLeft;
import heyi.signaling.room.RoomEvent.SeatRejoined;
import heyi.signaling.room.RoomEvent.SeatTakenOver;
import heyi.signaling.room.RoomEvent.SourceAdded;
import heyi.signaling.room.RoomEvent.SourceRemoved;
import heyi.signaling.room.RoomEvent.TranscriptWritten;
import heyi.signaling.room.SeatId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Translates room events into timeline events. Pure. */
public final class RoomTimeline {
  private RoomTimeline() {}

  /** The event in the words of the record. */
  public static TimelineEvent of(RoomEvent event) {
    return switch (event) {
      case RoomOpened e -> make(e, "room-opened", null, data());
      case RoomRestored e -> make(e, "room-restored", null, data());
      case SeatJoined e -> make(e, "seat-joined", e.seat(), data());
      case SeatDropped e -> make(e, "seat-dropped", e.seat(), data());
      case SeatRejoined e -> make(e, "seat-rejoined", e.seat(), data());
      case SeatLeft e -> make(e, "seat-left", e.seat(), data());
      case SeatTakenOver e -> make(e, "seat-taken-over", e.seat(), data());
      case ConsentGiven e -> make(e, "consent-given", e.seat(), consent(e.consent()));
      case PhaseChanged e -> make(e, "phase-changed", null, phase(e));
      case RecordWithheld e ->
          make(e, "record-withheld", null, data().put("by", e.by().value()).put("why", e.why()));
      case RecordResumed e -> make(e, "record-resumed", null, data().put("by", e.by().value()));
      case CaucusOpened e ->
          make(
              e,
              "caucus-opened",
              e.party(),
              data().put("by", e.by().value()).put("number", e.number()));
      case CaucusEnded e -> make(e, "caucus-ended", e.party(), data().put("number", e.number()));
      case HeldBack e -> make(e, "held-back", null, data().put("held", e.held()));
      case BackgroundChanged e ->
          make(e, "background-changed", e.seat(), background(e.background()));
      case RecordingRequested e ->
          make(e, "recording-requested", null, data().put("conference", e.conference().value()));
      case MuteChanged e ->
          make(
              e,
              "mute-changed",
              e.seat(),
              data()
                  .put("kind", word(e.kind().name()))
                  .put("muted", e.muted())
                  .put("by", e.by().value()));
      case SourceAdded e ->
          make(
              e,
              "source-added",
              e.seat(),
              data()
                  .put("source", e.source().name().value())
                  .put("kind", word(e.source().kind().name())));
      case SourceRemoved e ->
          make(e, "source-removed", e.seat(), data().put("source", e.source().value()));
      case AgreementPresented e -> make(e, "agreement-presented", null, agreement(e.agreement()));
      case AgreementConfirmed e ->
          make(e, "agreement-confirmed", e.seat(), agreement(e.agreement()));
      case AgreementDeclined e ->
          make(
              e,
              "agreement-declined",
              e.seat(),
              agreement(e.agreement()).put("reason", e.reason()));
      case TranscriptWritten e -> TranscriptTimeline.of(e.entry());
      case RoomClosed e -> make(e, "room-closed", null, data());
    };
  }

  private static ObjectNode consent(Consent consent) {
    return data().put("purpose", word(consent.purpose())).put("version", consent.version());
  }

  private static ObjectNode phase(PhaseChanged event) {
    ObjectNode data = data().put("from", event.from().name()).put("to", event.to().name());
    if (event.reason() != null) {
      data.put("reason", word(event.reason().name()));
    }
    return data;
  }

  private static ObjectNode background(Background background) {
    ObjectNode data = data().put("hidden", background.hidden());
    ArrayNode interrupted = data.putArray("interrupted");
    background.interrupted().stream().sorted().forEach(kind -> interrupted.add(word(kind.name())));
    return data;
  }

  private static ObjectNode agreement(Agreement agreement) {
    return data().put("documentId", agreement.documentId()).put("sha256", agreement.sha256());
  }

  private static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode data() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static TimelineEvent make(
      RoomEvent event, String type, @Nullable SeatId seat, ObjectNode data) {
    return new TimelineEvent(event.at(), type, seat == null ? null : seat.value(), data);
  }
}
