package heyi.signaling.turn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one new peer connection gets for its {@code RTCConfiguration} (W3C WebRTC §4.2).
 *
 * <p>Prints without the credentials, so that no log ever holds them.
 *
 * @param servers none when a page goes straight to the bridge
 * @param relayOnly whether nothing but the relays may be used ({@code iceTransportPolicy: relay})
 */
public record IceServers(List<Server> servers, boolean relayOnly) {
  /** No relay: every page goes straight to the bridge. */
  public static final IceServers NONE = new IceServers(List.of(), false);

  /** Copies the list. */
  public IceServers {
    servers = List.copyOf(servers);
  }

  /**
   * One entry of {@code iceServers}.
   *
   * @param urls all with the same credentials
   * @param username null, as the credential, when the servers ask for none (STUN)
   */
  public record Server(List<String> urls, @Nullable String username, @Nullable String credential) {
    /** Copies the list. */
    public Server {
      urls = List.copyOf(urls);
    }

    @Override
    public String toString() {
      return "Server[urls=" + urls + ", credentials=[REDACTED]]";
    }
  }
}
