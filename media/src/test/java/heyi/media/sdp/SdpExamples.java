package heyi.media.sdp;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.dtls.DtlsFingerprint;
import heyi.media.dtls.DtlsSetup;
import heyi.media.ice.IceCandidate;
import heyi.media.ice.IceCandidate.RelatedAddress;
import heyi.media.ice.TransportDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Values that several tests describe sessions with. */
final class SdpExamples {
  static final EndpointId ALICE = new EndpointId("alice");
  static final EndpointId BOB = new EndpointId("bob");
  static final String OCTETS = "BD:86:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:01:02";

  private SdpExamples() {}

  static TransportDescription bridge() {
    return transport(
        DtlsSetup.ACTPASS,
        List.of(
            new IceCandidate("1", 1, "udp", 2_130_706_431L, "192.0.2.2", 10_000, "host", null),
            new IceCandidate(
                "2",
                1,
                "udp",
                1_677_724_415L,
                "203.0.113.9",
                10_000,
                "srflx",
                new RelatedAddress("192.0.2.2", 10_000))));
  }

  static TransportDescription transport(DtlsSetup setup, List<IceCandidate> candidates) {
    return new TransportDescription(
        "797rb1k7ugo10v",
        "442ega1km8dfkccfvhnqbqq9ic",
        new DtlsFingerprint("sha-256", OCTETS),
        setup,
        candidates,
        List.of());
  }

  static List<MediaSource> feedback() {
    return List.of(
        new MediaSource(
            new SourceName("jvb-a0"),
            MediaKind.AUDIO,
            List.of(new Ssrc(2_858_346_441L)),
            List.of()),
        new MediaSource(
            new SourceName("jvb-v0"), MediaKind.VIDEO, List.of(new Ssrc(59_397_980)), List.of()));
  }

  static RemoteSource audio(EndpointId owner, long ssrc) {
    return new RemoteSource(
        owner,
        new MediaSource(
            owner.source(MediaKind.AUDIO, 0), MediaKind.AUDIO, List.of(new Ssrc(ssrc)), List.of()));
  }

  static RemoteSource video(EndpointId owner, long ssrc, long rtx) {
    List<Ssrc> pair = List.of(new Ssrc(ssrc), new Ssrc(rtx));
    return new RemoteSource(
        owner,
        new MediaSource(
            owner.source(MediaKind.VIDEO, 0),
            MediaKind.VIDEO,
            pair,
            List.of(new SsrcGroup(SsrcGroup.Semantics.FID, pair))));
  }

  static String resource(String name) throws IOException {
    try (InputStream in = SdpExamples.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\r\n");
    }
  }
}
