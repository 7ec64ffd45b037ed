package heyi.signaling.socket;

import heyi.signaling.room.Agreement;

/** What the server tells a room. */
public sealed interface ServerFact {
  /** The recorder is connected to the conference: participants may get media. */
  record RecorderReady() implements ServerFact {}

  /** The recorder receives packets. */
  record RecorderReceiving() implements ServerFact {}

  /** The recorder is lost. */
  record RecorderFailed(String reason) implements ServerFact {}

  /** A document lies on the table. */
  record AgreementPrepared(Agreement agreement) implements ServerFact {}

  /** The evidence is complete. */
  record SessionSealed(String rootHash) implements ServerFact {}
}
