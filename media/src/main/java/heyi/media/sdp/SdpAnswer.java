package heyi.media.sdp;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.dtls.DtlsSetup;
import heyi.media.ice.TransportDescription;
import heyi.media.sdp.SdpException.Reason;
import heyi.media.sdp.SdpReader.Sections;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a participant answered: how to reach him and what he sends. The microphone of section 0 is
 * named {@code <owner>-a0}, the camera of section 1 {@code <owner>-v0}, any other by its section.
 *
 * @param transport ICE credentials, fingerprint, DTLS role; often without candidates
 * @param sources what the participant sends now, complete; empty when he only listens
 */
public record SdpAnswer(TransportDescription transport, List<MediaSource> sources) {
  /** Microphone, camera, screen with sound: nobody needs more. */
  public static final int MAX_SOURCES = 4;

  /** Copies the list. */
  public SdpAnswer {
    sources = List.copyOf(sources);
  }

  /**
   * Reads an answer.
   *
   * @param sdp as the participant sent it; hostile until proved otherwise
   * @param owner who sent it; names the sources
   * @throws SdpException if it cannot be used
   */
  public static SdpAnswer parse(String sdp, EndpointId owner) throws SdpException {
    Sections sections = SdpReader.read(sdp);
    TransportDescription transport = TransportReader.read(sections);
    if (transport.setup() == DtlsSetup.ACTPASS) {
      throw new SdpException(Reason.NO_TRANSPORT, "an answer must be active or passive");
    }
    List<MediaSource> sources = new ArrayList<>();
    for (SdpSection section : sections.media()) {
      if (!section.isRefused() && section.direction().sends()) {
        source(section, owner).ifPresent(sources::add);
      }
    }
    requireDistinct(sources);
    return new SdpAnswer(transport, sources);
  }

  private static Optional<MediaSource> source(SdpSection section, EndpointId owner)
      throws SdpException {
    Optional<MediaKind> kind = SourceReader.kind(section);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    return SourceReader.source(section, kind.get(), name(section, kind.get(), owner));
  }

  private static SourceName name(SdpSection section, MediaKind kind, EndpointId owner)
      throws SdpException {
    String mid = section.value("mid").orElse("");
    try {
      int index = Integer.parseInt(mid);
      boolean first = index == (kind == MediaKind.AUDIO ? 0 : 1);
      return owner.source(kind, first ? 0 : index);
    } catch (IllegalArgumentException e) {
      throw new SdpException(Reason.MALFORMED, "a section has a mid that was not offered", e);
    }
  }

  private static void requireDistinct(List<MediaSource> sources) throws SdpException {
    if (sources.size() > MAX_SOURCES) {
      throw new SdpException(Reason.BAD_SOURCES, "at most " + MAX_SOURCES + " sources");
    }
    Set<Ssrc> ssrcs = new HashSet<>();
    Set<SourceName> names = new HashSet<>();
    for (MediaSource source : sources) {
      if (!names.add(source.name())) {
        throw new SdpException(Reason.BAD_SOURCES, "two sections would have the same name");
      }
      for (Ssrc ssrc : source.ssrcs()) {
        if (!ssrcs.add(ssrc)) {
          throw new SdpException(Reason.BAD_SOURCES, "an ssrc is used by two sections");
        }
      }
    }
  }
}
