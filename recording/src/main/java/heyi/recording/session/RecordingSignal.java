package heyi.recording.session;

import heyi.media.SourceName;
import java.util.List;

/** Something that may change the state of a recording. */
sealed interface RecordingSignal {
  /**
   * What the last look at the sources showed.
   *
   * @param sources how many are published
   * @param audible how many of them are not muted
   * @param pending how many of them gave no packet yet and may still be starting
   * @param silent those that should be heard and are not
   */
  record Heard(int sources, int audible, int pending, List<SourceName> silent)
      implements RecordingSignal {
    public Heard {
      silent = List.copyOf(silent);
    }
  }

  /** The way to the bridge broke. */
  record ConnectionLost(String reason) implements RecordingSignal {}

  /** There is no room to keep anything more; everybody has to rest. */
  record Pressed(String reason) implements RecordingSignal {}

  /** The way to the bridge is back, or a silence has lasted so long that the room may try again. */
  record TryAgain() implements RecordingSignal {}

  /** The recorder is in another conference, where no source is known yet. */
  record Moved() implements RecordingSignal {}

  /** Nothing is to be kept, for this reason. */
  record OffRecord(String why) implements RecordingSignal {}

  /** What comes is to be kept again. */
  record OnRecord() implements RecordingSignal {}

  /** The room is over. */
  record CloseAsked() implements RecordingSignal {}

  /** Everything is stored. */
  record EvidenceStored() implements RecordingSignal {}

  /** The disk or the sealing failed. */
  record Broken(String reason) implements RecordingSignal {}
}
