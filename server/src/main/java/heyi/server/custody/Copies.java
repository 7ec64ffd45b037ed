package heyi.server.custody;

import heyi.server.casefile.SessionId;
import java.io.IOException;

/** What was made of a recording and lies outside of its store: packages, films in the making. */
@FunctionalInterface
public interface Copies {
  /**
   * Makes no more of them, and removes those that are there. Doing it again changes nothing.
   * Blocks.
   *
   * @throws IOException when a file cannot be removed
   */
  void discard(SessionId session, String recordingId) throws IOException;
}
