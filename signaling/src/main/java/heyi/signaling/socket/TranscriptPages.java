package heyi.signaling.socket;

import heyi.signaling.room.Transcript;
import heyi.signaling.room.TranscriptEntry;
import heyi.signaling.wire.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The transcript in messages of a moderate size: a page asks for one after the other, so that a
 * slow phone is never told more than it reads.
 */
final class TranscriptPages {
  /** Half of what a message may be; an entry has names and times besides its words. */
  private static final int PAGE_BYTES = 32 * 1024;

  private static final int ENTRY_BYTES = 256;
  private static final int BYTES_A_CHARACTER = 3;

  private TranscriptPages() {}

  /** What follows an entry, as much as fits; at least one when there is any. */
  static ServerMessage.Transcript after(Transcript transcript, int number) {
    List<TranscriptEntry> page = new ArrayList<>();
    var bytes = 0;
    for (TranscriptEntry entry : transcript.after(number)) {
      bytes += ENTRY_BYTES + characters(entry) * BYTES_A_CHARACTER;
      if (bytes > PAGE_BYTES && !page.isEmpty()) {
        break;
      }
      page.add(entry);
    }
    return new ServerMessage.Transcript(page, transcript.size());
  }

  private static int characters(TranscriptEntry entry) {
    return switch (entry) {
      case TranscriptEntry.Line line -> line.text().length();
      case TranscriptEntry.Correction one -> one.text().length() + one.reason().length();
      case TranscriptEntry.Strike strike -> strike.reason().length();
      case TranscriptEntry.Objection objection -> objection.text().length();
      case TranscriptEntry.Refusal refusal -> refusal.reason().length();
      case TranscriptEntry.Reading _ -> 0;
    };
  }
}
