package heyi.server.casefile;

/** What can happen to a session as the case sees it. */
public sealed interface SessionCommand {
  /** The recorder was asked to start. */
  record Begin() implements SessionCommand {}

  /** The room was closed. */
  record Close() implements SessionCommand {}

  /** The recording was sealed. */
  record Seal(String rootHash) implements SessionCommand {}

  /** No recording could be sealed. */
  record Fail(String reason) implements SessionCommand {}
}
