package heyi.server.casefile;

import heyi.server.identity.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A case with everything attached to it. */
public record CaseFile(
    CaseId id,
    String number,
    String title,
    CaseStatus status,
    Mediator mediator,
    Instant updatedAt,
    List<Party> parties,
    List<Session> sessions,
    List<Document> documents) {

  /** Copies the lists. */
  public CaseFile {
    parties = List.copyOf(parties);
    sessions = List.copyOf(sessions);
    documents = List.copyOf(documents);
  }

  /** 调解员 of the case. */
  public record Mediator(UserId id, String displayName) {}

  /** One session. */
  public record Session(
      SessionId id,
      SessionState state,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String rootHash) {}

  /** A document without its content. */
  public record Document(
      String documentId,
      SessionId sessionId,
      String title,
      String kind,
      String sha256,
      boolean signed,
      Instant createdAt) {}

  /** The session; the caller knows that it belongs to the case. */
  public Session session(SessionId sessionId) {
    return sessions.stream()
        .filter(s -> s.id().equals(sessionId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no session of this case"));
  }

  /** What people in the room read as name of the case. */
  public String label() {
    return title + " " + number;
  }

  /** The party with the seat; null when the seat is the mediator's or unknown. */
  public @Nullable Party bySeat(String seatId) {
    return parties.stream().filter(p -> p.seatId().equals(seatId)).findFirst().orElse(null);
  }

  /** The name of whoever holds the seat. */
  public String nameOfSeat(String seatId) {
    Party party = bySeat(seatId);
    return party == null ? mediator.displayName() : party.displayName();
  }
}
