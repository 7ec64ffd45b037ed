package heyi.server.export;

import heyi.recording.composite.CompositeLayout;
import heyi.server.casefile.SessionId;
import heyi.server.identity.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One film of a session.
 *
 * @param id its name
 * @param session whose recording it shows
 * @param parent the film that it is a clip of; null for a composite of the whole session
 * @param layout how people share the picture
 * @param watermark burned in across the picture; null for none
 * @param fromMs begin on the session clock
 * @param toMs end on the session clock
 * @param reason why it was asked for; null for a composite
 * @param state where it is in its life
 * @param requested who asked for it and when
 * @param decided who approved or declined it and when; null while nobody did, and for composites
 * @param failure why it could not be made, in a word for the page; null otherwise
 * @param file the finished file; null before
 */
public record Export(
    String id,
    SessionId session,
    @Nullable String parent,
    CompositeLayout layout,
    @Nullable String watermark,
    long fromMs,
    long toMs,
    @Nullable String reason,
    ExportState state,
    Act requested,
    @Nullable Act decided,
    @Nullable String failure,
    @Nullable File file) {

  /** What somebody did. */
  public record Act(UserId user, String name, Instant at) {}

  /** Where the finished film is. */
  public record File(String objectKey, long sizeBytes, String sha256, long durationMs) {}

  /** Whether it is a part that two people decided on. */
  public boolean isClip() {
    return parent != null;
  }
}
