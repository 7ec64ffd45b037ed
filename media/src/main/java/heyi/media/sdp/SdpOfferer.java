package heyi.media.sdp;

import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.ice.TransportDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the offers of one peer connection, from its first to its last.
 *
 * <p>Section 0 is the participant's microphone, section 1 his camera (both carry the bridge's own
 * source downwards); each remote source has a section of its own after them. Sections are never
 * removed, as RFC 8829 §5.2.2 demands: one without a source turns inactive and is given to the next
 * source of its kind.
 *
 * <p>A new bridge or a re-created endpoint means a new peer connection and so a new offerer: a
 * browser that keeps the old connection was seen to stay silent for seconds, or for ever.
 *
 * <p><b>Threads:</b> confined to its owner. <b>Bounds:</b> {@value #MAX_SECTIONS} sections.
 */
public final class SdpOfferer {
  /** Eight seats with camera, microphone and screen need 26; the rest is for what left. */
  public static final int MAX_SECTIONS = 64;

  private static final int OWN_SECTIONS = 2;

  private final long sessionId;
  private final List<Section> sections = new ArrayList<>();
  private long version;

  /** One remote section: its kind is for ever, its source comes and goes. */
  private record Section(MediaKind kind, @Nullable RemoteSource source) {}

  /**
   * Starts a peer connection.
   *
   * @param sessionId a number that differs from that of the participant's other connections; not
   *     negative
   */
  public SdpOfferer(long sessionId) {
    if (sessionId < 0) {
      throw new IllegalArgumentException("session id must not be negative: " + sessionId);
    }
    this.sessionId = sessionId;
  }

  /**
   * Writes the next offer.
   *
   * @param bridge how the participant reaches the bridge; the same for all offers of a connection
   * @param feedback the bridge's own sources, if it has any
   * @param remote all that the participant is to receive now, in any order
   * @throws IllegalArgumentException if a source is named twice or there are too many; then nothing
   *     is changed
   */
  public String offer(
      TransportDescription bridge, List<MediaSource> feedback, List<RemoteSource> remote) {
    List<Section> next = assign(remote);
    sections.clear();
    sections.addAll(next);
    version++;
    return write(bridge, feedback);
  }

  private List<Section> assign(List<RemoteSource> remote) {
    Map<SourceName, RemoteSource> wanted = HashMap.newHashMap(remote.size());
    for (RemoteSource source : remote) {
      if (wanted.put(source.source().name(), source) != null) {
        throw new IllegalArgumentException("source named twice: " + source.source().name());
      }
    }
    List<Section> next = new ArrayList<>(sections.size() + remote.size());
    for (Section section : sections) {
      next.add(new Section(section.kind(), keep(section, wanted)));
    }
    for (RemoteSource source : remote) {
      if (wanted.containsKey(source.source().name())) {
        place(next, source);
      }
    }
    if (next.size() + OWN_SECTIONS > MAX_SECTIONS) {
      throw new IllegalArgumentException(
          "at most " + MAX_SECTIONS + " sections but " + remote.size() + " sources are offered");
    }
    return next;
  }

  /** What stays where it is, taken out of the map of what is still to be placed. */
  private static @Nullable RemoteSource keep(
      Section section, Map<SourceName, RemoteSource> wanted) {
    RemoteSource before = section.source();
    if (before == null) {
      return null;
    }
    RemoteSource now = wanted.get(before.source().name());
    if (now == null || now.source().kind() != section.kind()) {
      return null;
    }
    wanted.remove(before.source().name());
    return now;
  }

  private static void place(List<Section> sections, RemoteSource source) {
    Section filled = new Section(source.source().kind(), source);
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if (section.source() == null && section.kind() == filled.kind()) {
        sections.set(i, filled);
        return;
      }
    }
    sections.add(filled);
  }

  private String write(TransportDescription bridge, List<MediaSource> feedback) {
    SdpLines lines = new SdpLines();
    List<String> mids =
        IntStream.range(0, sections.size() + OWN_SECTIONS).mapToObj(Integer::toString).toList();
    lines.session(sessionId, version, mids);
    own(lines, MediaKind.AUDIO, "0", bridge, feedback);
    own(lines, MediaKind.VIDEO, "1", bridge, feedback);
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      RemoteSource source = section.source();
      lines
          .media(
              section.kind(),
              mids.get(i + OWN_SECTIONS),
              source == null ? Direction.INACTIVE : Direction.SENDONLY)
          .transport(bridge)
          .codecs(section.kind());
      if (source != null) {
        lines.receivedSource(source);
      }
    }
    return lines.toString();
  }

  private static void own(
      SdpLines lines,
      MediaKind kind,
      String mid,
      TransportDescription bridge,
      List<MediaSource> feedback) {
    lines.media(kind, mid, Direction.SENDRECV).transport(bridge);
    if ("0".equals(mid)) {
      lines.candidates(bridge.candidates());
    }
    lines.codecs(kind);
    feedback.stream()
        .filter(source -> source.kind() == kind)
        .findFirst()
        .ifPresent(lines::feedbackSource);
  }
}
