package heyi.media.sdp;

import heyi.media.dtls.DtlsFingerprint;
import heyi.media.dtls.DtlsSetup;
import heyi.media.ice.IceCandidate;
import heyi.media.ice.IceCandidate.RelatedAddress;
import heyi.media.ice.TransportDescription;
import heyi.media.sdp.SdpException.Reason;
import heyi.media.sdp.SdpReader.Sections;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one transport that all sections share (BUNDLE, RFC 9143): from the first section in
 * use, where it is missing there from the session part.
 */
final class TransportReader {
  private static final int MIN_CANDIDATE_WORDS = 8;

  private TransportReader() {}

  static TransportDescription read(Sections sections) throws SdpException {
    SdpSection carrier = carrier(sections);
    String[] fingerprint = require(sections, carrier, "fingerprint").split(" ", -1);
    String setupWord = require(sections, carrier, "setup");
    try {
      return new TransportDescription(
          require(sections, carrier, "ice-ufrag"),
          require(sections, carrier, "ice-pwd"),
          new DtlsFingerprint(fingerprint[0], fingerprint.length == 2 ? fingerprint[1] : ""),
          DtlsSetup.ofWord(setupWord)
              .orElseThrow(() -> new IllegalArgumentException("setup is of no known kind")),
          candidates(carrier),
          List.of());
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      throw new SdpException(
          Reason.NO_TRANSPORT, message == null ? "transport is not usable" : message, e);
    }
  }

  private static SdpSection carrier(Sections sections) throws SdpException {
    SdpSection carrier = null;
    for (SdpSection section : sections.media()) {
      if (section.isRefused()) {
        continue;
      }
      carrier = carrier == null ? section : carrier;
      requireBundled(sections, section);
    }
    if (carrier == null) {
      throw new SdpException(Reason.NO_TRANSPORT, "no section is in use");
    }
    if (!carrier.has("rtcp-mux")) {
      throw new SdpException(Reason.UNSUPPORTED, "rtcp-mux is needed");
    }
    return carrier;
  }

  private static void requireBundled(Sections sections, SdpSection section) throws SdpException {
    String mid = section.value("mid").orElse("");
    boolean bundled =
        sections
            .session()
            .values("group")
            .map(group -> List.of(group.split(" ", -1)))
            .anyMatch(words -> "BUNDLE".equals(words.getFirst()) && words.contains(mid));
    if (!bundled) {
      throw new SdpException(Reason.UNSUPPORTED, "every section must be bundled");
    }
  }

  private static String require(Sections sections, SdpSection carrier, String name)
      throws SdpException {
    return carrier
        .value(name)
        .or(() -> sections.session().value(name))
        .orElseThrow(() -> new SdpException(Reason.NO_TRANSPORT, name + " is missing"));
  }

  /** Reads what can be used; host names (mDNS) and unknown kinds are no error (RFC 8839 §5.1). */
  private static List<IceCandidate> candidates(SdpSection carrier) {
    List<IceCandidate> candidates = new ArrayList<>();
    for (String value : carrier.values("candidate").toList()) {
      IceCandidate candidate = candidate(value);
      if (candidate != null && candidates.size() < TransportDescription.MAX_CANDIDATES) {
        candidates.add(candidate);
      }
    }
    return candidates;
  }

  /** {@code foundation component protocol priority address port typ type [raddr a rport p] …}. */
  private static @Nullable IceCandidate candidate(String value) {
    String[] words = value.split(" ", -1);
    if (words.length < MIN_CANDIDATE_WORDS || !"typ".equals(words[6])) {
      return null;
    }
    try {
      return new IceCandidate(
          words[0],
          Integer.parseInt(words[1]),
          words[2].toLowerCase(Locale.ROOT),
          Long.parseLong(words[3]),
          words[4],
          Integer.parseInt(words[5]),
          words[7],
          related(words));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable RelatedAddress related(String[] words) {
    int from = MIN_CANDIDATE_WORDS;
    if (words.length < from + 4 || !"raddr".equals(words[from])) {
      return null;
    }
    return new RelatedAddress(words[from + 1], Integer.parseInt(words[from + 3]));
  }
}
