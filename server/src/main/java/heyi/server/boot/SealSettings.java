package heyi.server.boot;

import heyi.recording.log.LogException;
import heyi.recording.log.NoteKey;
import heyi.recording.seal.SignatureScheme;
import heyi.server.identity.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the settings of the seal and of the transparency log. */
final class SealSettings {
  private SealSettings() {}

  static HeyiConfig.Seal seal(ConfigReader r) {
    return new HeyiConfig.Seal(
        r.choice("seal.scheme", SignatureScheme.ECDSA_P256, SignatureScheme.class),
        Secret.of(r.text("seal.key", "")),
        r.uri("seal.tsaUrl"),
        r.optionalPath("seal.tsaCertificates"),
        r.duration("seal.tsaTimeout", Duration.ofSeconds(5)),
        r.duration("seal.retryInterval", Duration.ofMinutes(5)));
  }

  static HeyiConfig.Transparency transparency(ConfigReader r) {
    List<HeyiConfig.WitnessAddress> witnesses = new ArrayList<>();
    for (String witness : r.texts("transparency.witnesses")) {
      try {
        String[] parts = witness.split(" +", 2);
        NoteKey key = NoteKey.ofVerifierKey(parts.length == 2 ? parts[1] : "");
        URI prefix = URI.create(parts[0]);
        boolean web = "http".equals(prefix.getScheme()) || "https".equals(prefix.getScheme());
        if (!web || prefix.getHost() == null) {
          throw new LogException("not a web address: " + prefix);
        }
        witnesses.add(new HeyiConfig.WitnessAddress(prefix, key));
      } catch (IllegalArgumentException | LogException e) {
        r.refuse(
            "transparency.witnesses",
            "must be such as https://witness.example/w1 NAME+ID+KEY, found '" + witness + "'");
      }
    }
    return new HeyiConfig.Transparency(
        r.text("transparency.origin", ""),
        witnesses,
        r.duration("transparency.witnessTimeout", Duration.ofSeconds(5)),
        r.integer("transparency.requestsPerMinute", 600, 1, 1_000_000));
  }
}
