package heyi.media.sdp;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaProfile;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.ice.IceCandidate;
import heyi.media.ice.TransportDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects the lines of a session description; offers and answers are built of the same blocks. */
final class SdpLines {
  private final StringBuilder text = new StringBuilder(4096);

  private SdpLines line(String line) {
    text.append(line).append("\r\n");
    return this;
  }

  SdpLines session(long id, long version, List<String> mids) {
    return line("v=0")
        .line("o=- " + id + " " + version + " IN IP4 127.0.0.1")
        .line("s=-")
        .line("t=0 0")
        .line("a=group:BUNDLE " + String.join(" ", mids))
        .line("a=msid-semantic: WMS *");
  }

  SdpLines media(MediaKind kind, String mid, Direction direction) {
    return line("m=" + kind.word() + " 9 UDP/TLS/RTP/SAVPF " + payloadTypes(kind))
        .line("c=IN IP4 0.0.0.0")
        .line("a=rtcp:9 IN IP4 0.0.0.0")
        .line("a=mid:" + mid)
        .line("a=" + direction.word());
  }

  /** A section that the other side offered and that nobody can use: port 0 (RFC 3264 §6). */
  SdpLines refused(String mediaLine, String mid) {
    return line(mediaLine).line("c=IN IP4 0.0.0.0").line("a=mid:" + mid).line("a=inactive");
  }

  SdpLines transport(TransportDescription transport) {
    return line("a=ice-ufrag:" + transport.ufrag())
        .line("a=ice-pwd:" + transport.password())
        .line(
            "a=fingerprint:"
                + transport.fingerprint().hash()
                + " "
                + transport.fingerprint().value())
        .line("a=setup:" + transport.setup().word())
        .line("a=rtcp-mux");
  }

  SdpLines candidates(List<IceCandidate> candidates) {
    candidates.forEach(candidate -> line(candidateLine(candidate)));
    return line("a=end-of-candidates");
  }

  private static String candidateLine(IceCandidate candidate) {
    String line =
        "a=candidate:"
            + String.join(
                " ",
                candidate.foundation(),
                Integer.toString(candidate.component()),
                candidate.protocol(),
                Long.toString(candidate.priority()),
                candidate.address(),
                Integer.toString(candidate.port()),
                "typ",
                candidate.type());
    IceCandidate.RelatedAddress related = candidate.related();
    String origin =
        related == null ? "" : " raddr " + related.address() + " rport " + related.port();
    return line + origin + " generation 0";
  }

  SdpLines codecs(MediaKind kind) {
    line("a=rtcp-rsize");
    return switch (kind) {
      case AUDIO ->
          extension(MediaProfile.AUDIO_LEVEL_EXTENSION, MediaProfile.AUDIO_LEVEL_URI)
              .extension(MediaProfile.TRANSPORT_CC_EXTENSION, MediaProfile.TRANSPORT_CC_URI)
              .line("a=rtpmap:" + MediaProfile.OPUS_PAYLOAD_TYPE + " opus/48000/2")
              .feedback(MediaProfile.OPUS_PAYLOAD_TYPE, "transport-cc")
              .line("a=fmtp:" + MediaProfile.OPUS_PAYLOAD_TYPE + " minptime=10;useinbandfec=1");
      case VIDEO ->
          extension(MediaProfile.ABS_SEND_TIME_EXTENSION, MediaProfile.ABS_SEND_TIME_URI)
              .extension(MediaProfile.TRANSPORT_CC_EXTENSION, MediaProfile.TRANSPORT_CC_URI)
              .line("a=rtpmap:" + MediaProfile.VP8_PAYLOAD_TYPE + " VP8/90000")
              .feedback(MediaProfile.VP8_PAYLOAD_TYPE, "ccm fir")
              .feedback(MediaProfile.VP8_PAYLOAD_TYPE, "nack")
              .feedback(MediaProfile.VP8_PAYLOAD_TYPE, "nack pli")
              .feedback(MediaProfile.VP8_PAYLOAD_TYPE, "transport-cc")
              .line("a=rtpmap:" + MediaProfile.VP8_RTX_PAYLOAD_TYPE + " rtx/90000")
              .line(
                  "a=fmtp:"
                      + MediaProfile.VP8_RTX_PAYLOAD_TYPE
                      + " apt="
                      + MediaProfile.VP8_PAYLOAD_TYPE);
    };
  }

  private SdpLines extension(int id, String uri) {
    return line("a=extmap:" + id + " " + uri);
  }

  private SdpLines feedback(int payloadType, String mechanism) {
    return line("a=rtcp-fb:" + payloadType + " " + mechanism);
  }

  /** The bridge's own source; clients ignore the stream {@code jvb}. */
  SdpLines feedbackSource(MediaSource source) {
    return source("jvb", source.name(), source.ssrcs(), source.groups());
  }

  /**
   * A source as its receiver sees it: of a simulcast source only the first layer, because a bridge
   * sends whichever layer it chooses under that number.
   */
  SdpLines receivedSource(RemoteSource remote) {
    MediaSource source = remote.source();
    Ssrc main = source.primary();
    List<Ssrc> seen = new ArrayList<>(List.of(main));
    source.retransmissionOf(main).ifPresent(seen::add);
    List<SsrcGroup> groups =
        seen.size() == 1 ? List.of() : List.of(new SsrcGroup(SsrcGroup.Semantics.FID, seen));
    return source(remote.owner().value(), source.name(), seen, groups);
  }

  /** A source as its sender describes it. */
  SdpLines sentSource(EndpointId owner, MediaSource source) {
    return source(owner.value(), source.name(), source.ssrcs(), source.groups());
  }

  private SdpLines source(
      String stream, SourceName track, List<Ssrc> ssrcs, List<SsrcGroup> groups) {
    line("a=msid:" + stream + " " + track);
    for (SsrcGroup group : groups) {
      String members = group.ssrcs().stream().map(Ssrc::toString).collect(Collectors.joining(" "));
      line("a=ssrc-group:" + group.semantics() + " " + members);
    }
    for (Ssrc ssrc : ssrcs) {
      line("a=ssrc:" + ssrc + " cname:" + stream);
      line("a=ssrc:" + ssrc + " msid:" + stream + " " + track);
    }
    return this;
  }

  private static String payloadTypes(MediaKind kind) {
    return switch (kind) {
      case AUDIO -> Integer.toString(MediaProfile.OPUS_PAYLOAD_TYPE);
      case VIDEO -> MediaProfile.VP8_PAYLOAD_TYPE + " " + MediaProfile.VP8_RTX_PAYLOAD_TYPE;
    };
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
