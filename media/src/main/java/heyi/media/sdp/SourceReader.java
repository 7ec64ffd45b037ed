package heyi.media.sdp;

import heyi.media.MediaKind;
import heyi.media.MediaProfile;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.SsrcGroup.Semantics;
import heyi.media.sdp.SdpException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a section sends: its SSRCs (RFC 5576) and the payload types it agreed to. */
final class SourceReader {
  private SourceReader() {}

  static Optional<MediaKind> kind(SdpSection section) {
    return switch (section.mediaWords().getFirst()) {
      case "audio" -> Optional.of(MediaKind.AUDIO);
      case "video" -> Optional.of(MediaKind.VIDEO);
      default -> Optional.empty();
    };
  }

  /** The source of a section, or nothing when it names no SSRC (nothing is sent yet). */
  static Optional<MediaSource> source(SdpSection section, MediaKind kind, SourceName name)
      throws SdpException {
    Set<Ssrc> named = new LinkedHashSet<>();
    for (String value : section.values("ssrc").toList()) {
      named.add(ssrc(value.split(" ", 2)[0]));
    }
    if (named.isEmpty()) {
      return Optional.empty();
    }
    requireCodec(section, kind);
    List<SsrcGroup> groups = groups(section);
    Set<Ssrc> ordered = new LinkedHashSet<>();
    groups.stream()
        .filter(group -> group.semantics() == Semantics.SIM)
        .forEach(group -> ordered.addAll(group.ssrcs()));
    groups.forEach(group -> ordered.add(group.ssrcs().getFirst()));
    ordered.addAll(named);
    try {
      return Optional.of(new MediaSource(name, kind, List.copyOf(ordered), groups));
    } catch (IllegalArgumentException e) {
      throw new SdpException(Reason.BAD_SOURCES, "ssrcs of a section do not fit together", e);
    }
  }

  private static List<SsrcGroup> groups(SdpSection section) throws SdpException {
    List<SsrcGroup> groups = new ArrayList<>();
    for (String value : section.values("ssrc-group").toList()) {
      String[] words = value.split(" ", -1);
      Optional<Semantics> semantics = semantics(words[0]);
      if (semantics.isEmpty()) {
        continue;
      }
      List<Ssrc> members = new ArrayList<>();
      for (int i = 1; i < words.length; i++) {
        members.add(ssrc(words[i]));
      }
      try {
        groups.add(new SsrcGroup(semantics.get(), members));
      } catch (IllegalArgumentException e) {
        throw new SdpException(Reason.BAD_SOURCES, "an ssrc-group has a wrong size", e);
      }
    }
    return groups;
  }

  private static Optional<Semantics> semantics(String word) {
    return switch (word) {
      case "FID" -> Optional.of(Semantics.FID);
      case "SIM" -> Optional.of(Semantics.SIM);
      default -> Optional.empty();
    };
  }

  private static Ssrc ssrc(String word) throws SdpException {
    try {
      return new Ssrc(Long.parseLong(word));
    } catch (IllegalArgumentException e) {
      throw new SdpException(Reason.MALFORMED, "an ssrc is not a number of 32 bits", e);
    }
  }

  private static void requireCodec(SdpSection section, MediaKind kind) throws SdpException {
    int payloadType =
        kind == MediaKind.AUDIO ? MediaProfile.OPUS_PAYLOAD_TYPE : MediaProfile.VP8_PAYLOAD_TYPE;
    String codec = kind == MediaKind.AUDIO ? "opus/" : "VP8/";
    String prefix = payloadType + " " + codec;
    boolean agreed =
        section
            .values("rtpmap")
            .anyMatch(value -> value.regionMatches(true, 0, prefix, 0, prefix.length()));
    if (!agreed) {
      throw new SdpException(Reason.UNSUPPORTED, "a section was not agreed to be " + prefix);
    }
  }
}
