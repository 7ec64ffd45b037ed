package heyi.media.sdp;

import heyi.media.sdp.SdpException.Reason;
import heyi.media.sdp.SdpSection.Attribute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Splits a session description into sections (RFC 8866 §5), within limits that no honest sender
 * meets.
 */
final class SdpReader {
  private static final int MAX_CHARS = 128 * 1024;
  private static final int MAX_LINES = 4096;
  private static final int MIN_MEDIA_WORDS = 4;

  private SdpReader() {}

  /**
   * A description split into sections.
   *
   * @param session what stands before the first section
   * @param media the sections
   */
  record Sections(SdpSection session, List<SdpSection> media) {}

  static Sections read(String sdp) throws SdpException {
    if (sdp.length() > MAX_CHARS) {
      throw new SdpException(Reason.TOO_LARGE, "description is longer than " + MAX_CHARS);
    }
    List<String> lines = sdp.lines().limit(MAX_LINES + 1L).toList();
    if (lines.size() > MAX_LINES) {
      throw new SdpException(Reason.TOO_LARGE, "description has over " + MAX_LINES + " lines");
    }
    if (lines.isEmpty() || !"v=0".equals(lines.getFirst())) {
      throw new SdpException(Reason.MALFORMED, "description does not begin with v=0");
    }
    List<SdpSection> sections = split(lines);
    List<SdpSection> media = sections.subList(1, sections.size());
    if (media.size() > SdpOfferer.MAX_SECTIONS) {
      throw new SdpException(
          Reason.TOO_LARGE, "description has over " + SdpOfferer.MAX_SECTIONS + " sections");
    }
    requireMids(media);
    return new Sections(sections.getFirst(), List.copyOf(media));
  }

  private static List<SdpSection> split(List<String> lines) throws SdpException {
    List<SdpSection> sections = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>();
    String mediaLine = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.length() < 2 || line.charAt(1) != '=') {
        throw new SdpException(Reason.MALFORMED, "line " + (i + 1) + " is not type=value");
      }
      if (line.charAt(0) == 'm') {
        sections.add(new SdpSection(mediaLine, attributes));
        attributes.clear();
        mediaLine = line;
        requireMediaLine(line, i + 1);
      } else if (line.charAt(0) == 'a') {
        attributes.add(attribute(line));
      }
    }
    sections.add(new SdpSection(mediaLine, attributes));
    return sections;
  }

  private static Attribute attribute(String line) {
    int colon = line.indexOf(':');
    return colon < 0
        ? new Attribute(line.substring(2), "")
        : new Attribute(line.substring(2, colon), line.substring(colon + 1).strip());
  }

  private static void requireMediaLine(String line, int number) throws SdpException {
    if (line.substring(2).split(" ", -1).length < MIN_MEDIA_WORDS) {
      throw new SdpException(
          Reason.MALFORMED, "line " + number + " is not m=media port protocol formats");
    }
  }

  private static void requireMids(List<SdpSection> media) throws SdpException {
    Set<String> seen = new HashSet<>();
    for (SdpSection section : media) {
      String mid = section.value("mid").orElse("");
      if (!isToken(mid) || !seen.add(mid)) {
        throw new SdpException(Reason.MALFORMED, "a section has no mid of its own");
      }
    }
  }

  private static boolean isToken(String mid) {
    return mid.length() <= 16
        && !mid.isEmpty()
        && mid.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
  }
}
