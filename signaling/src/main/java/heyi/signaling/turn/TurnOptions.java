package heyi.signaling.turn;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The relays of an installation.
 *
 * @param urls as {@code turn:turn.example:3478?transport=udp} (RFC 7065) or {@code
 *     stun:turn.example} (RFC 7064); none means that there is no relay
 * @param secret shared with the TURN server, coturn's {@code static-auth-secret}
 * @param lifetime of the credentials of one peer connection, at least a second
 * @param relayOnly whether every page must use the relays
 */
public record TurnOptions(List<String> urls, String secret, Duration lifetime, boolean relayOnly) {
  /** No relay. */
  public static final TurnOptions NONE = new TurnOptions(List.of(), "", Duration.ofHours(4), false);

  /** The host is a name, an IPv4 address or a bracketed IPv6 address. */
  private static final Pattern URL =
      Pattern.compile(
          "(?:stuns?:HOST(?::\\d{1,5})?|turns?:HOST(?::\\d{1,5})?(?:\\?transport=(?:udp|tcp))?)"
              .replace("HOST", "(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])"));

  /** Checks that relays have a secret, and that only relays are forced. */
  public TurnOptions {
    urls = List.copyOf(urls);
    urls.forEach(
        url -> {
          if (!isUrl(url)) {
            throw new IllegalArgumentException("not a STUN or TURN URL: " + url);
          }
        });
    boolean relays = urls.stream().anyMatch(TurnOptions::isRelay);
    if (relays && secret.isEmpty()) {
      throw new IllegalArgumentException("TURN needs a secret shared with the server");
    }
    if (relayOnly && !relays) {
      throw new IllegalArgumentException("relayOnly needs a turn: or turns: URL");
    }
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a lifetime of " + lifetime + " is over at once");
    }
  }

  /** Whether a browser takes the text as the URL of an ICE server. */
  public static boolean isUrl(String url) {
    return URL.matcher(url).matches();
  }

  /** Whether the URL names a relay, which needs credentials. */
  public static boolean isRelay(String url) {
    return url.startsWith("turn");
  }

  @Override
  public String toString() {
    return "TurnOptions[urls=" + urls + ", secret=[REDACTED], lifetime=" + lifetime + "]";
  }
}
