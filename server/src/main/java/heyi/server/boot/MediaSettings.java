package heyi.server.boot;

import java.time.Duration;

/** Reads the settings of the bridges. */
final class MediaSettings {
  private MediaSettings() {}

  static HeyiConfig.Media media(ConfigReader r) {
    return new HeyiConfig.Media(
        r.uris("media.bridges"),
        r.optionalText("media.region"),
        r.integer("media.udpPort", 10_000, 0, 65_535),
        r.texts("media.addresses"),
        r.duration("media.bridgeTimeout", Duration.ofSeconds(5)),
        new HeyiConfig.BridgeChecks(
            r.duration("media.checks.interval", Duration.ofSeconds(2)),
            r.duration("media.checks.timeout", Duration.ofSeconds(2)),
            r.integer("media.checks.failuresToLeave", 3, 1, 100),
            r.integer("media.checks.successesToReturn", 2, 1, 100)),
        new HeyiConfig.WarmUp(
            r.integer("media.warmUp.conferences", 3, 0, 20),
            r.duration("media.warmUp.media", Duration.ofSeconds(1)),
            r.duration("media.warmUp.timeout", Duration.ofSeconds(20)),
            r.duration("media.warmUp.retry", Duration.ofSeconds(30))),
        new HeyiConfig.Embedded(
            r.integer("media.embedded.conferences", 64, 1, 10_000),
            r.integer("media.embedded.endpointsPerConference", 18, 3, 100),
            r.integer("media.embedded.sourcesPerEndpoint", 4, 2, 16),
            r.integer("media.embedded.ssrcsPerEndpoint", 16, 3, 64),
            r.integer("media.embedded.queuedPacketsPerReceiver", 1_024, 64, 65_536)));
  }
}
