package heyi.signaling.room;

import heyi.media.MediaKind;
import java.util.Set;

/**
 * What the system of a participant's device holds back of his page, complete.
 *
 * @param hidden another page or program is in front: phones then stop the camera, some the sound
 * @param interrupted captures that the system took away, for a telephone call or another program
 */
public record Background(boolean hidden, Set<MediaKind> interrupted) {
  /** The page is in front and its devices are its own. */
  public static final Background NONE = new Background(false, Set.of());

  /** Copies the set. */
  public Background {
    interrupted = Set.copyOf(interrupted);
  }
}
