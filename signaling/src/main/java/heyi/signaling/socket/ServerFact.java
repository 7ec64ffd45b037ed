package heyi.signaling.socket;

import heyi.media.ConferenceId;
import heyi.signaling.room.Agreement;
import heyi.signaling.room.HeardSource;
import java.util.List;

/** What the server tells a room. */
public sealed interface ServerFact {
  /**
   * The recorder is connected to the conference: participants may get media. Of no account when the
   * room talks in another one by now.
   */
  record RecorderReady(ConferenceId conference) implements ServerFact {}

  /** The recorder receives packets of the conference; of no account as above. */
  record RecorderReceiving(ConferenceId conference) implements ServerFact {}

  /** The recorder keeps nothing of the conference any more; of no account as above. */
  record RecorderRests(ConferenceId conference) implements ServerFact {}

  /** What the recorder receives of each source of the conference; of no account as above. */
  record RecorderHears(ConferenceId conference, List<HeardSource> sources) implements ServerFact {
    /** Copies the list. */
    public RecorderHears {
      sources = List.copyOf(sources);
    }
  }

  /** The recorder is lost, in whatever conference: that is always believed. */
  record RecorderFailed(String reason) implements ServerFact {}

  /** No recorder is in the conference of the closed session any more: the conference may end. */
  record RecorderLeft() implements ServerFact {}

  /** A document lies on the table. */
  record AgreementPrepared(Agreement agreement) implements ServerFact {}

  /** The evidence is complete. */
  record SessionSealed(String rootHash) implements ServerFact {}
}
