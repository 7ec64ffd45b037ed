package heyi.media.colibri2;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge says about its load; Jitsi Videobridge computes it anew every five seconds.
 *
 * @param stress 0 is idle, 1 full; more than 1 was seen on a shared machine
 * @param conferences on the bridge, whoever made them
 * @param endpoints on the bridge
 * @param draining it drains or shuts down, and wants no new conferences; it would still take them
 * @param version as it names itself
 * @param region where it stands; null when it does not say
 */
public record BridgeLoad(
    double stress,
    int conferences,
    int endpoints,
    boolean draining,
    String version,
    @Nullable String region) {
  /** Checks that the stress is a number a bridge can have. */
  public BridgeLoad {
    if (!(stress >= 0) || Double.isInfinite(stress)) {
      throw new IllegalArgumentException("stress must be 0 or more but is " + stress);
    }
  }

  /** Reads the answer of {@code /colibri/stats}; what it does not say is nothing. */
  static BridgeLoad read(JsonNode json) throws ColibriFormatException {
    if (!json.path("stress_level").isNumber()) {
      throw new ColibriFormatException("statistics without stress_level");
    }
    String region = json.path("region").asText("");
    try {
      return new BridgeLoad(
          json.path("stress_level").asDouble(),
          json.path("conferences").asInt(),
          json.path("endpoints").asInt(),
          json.path("drain").asBoolean(false)
              || json.path("graceful_shutdown").asBoolean(false)
              || json.path("shutting_down").asBoolean(false),
          json.path("version").asText("unknown"),
          region.isBlank() ? null : region);
    } catch (IllegalArgumentException e) {
      throw ColibriFormatException.of("statistics", e);
    }
  }
}
