package heyi.signaling.turn;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the credentials of each new peer connection.
 *
 * <p>The user name is {@code expiry:id} with the expiry in seconds since 1970, the credential is
 * the Base64 of its HMAC-SHA1 with the shared secret: so the TURN server checks them without asking
 * anybody. The id shows up in the TURN server's log; give it no name of a person.
 *
 * <p><b>Threads:</b> any. <b>Source:</b> draft-uberti-behave-turn-rest-00 §2.2, as coturn's {@code
 * use-auth-secret} implements it.
 */
public final class TurnCredentials {
  private static final String ALGORITHM = "HmacSHA1";

  private final TurnOptions options;
  private final InstantSource clock;

  /** Makes nothing yet. */
  public TurnCredentials(TurnOptions options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
  }

  /** Fresh servers and credentials; {@link IceServers#NONE} where no relay is configured. */
  public IceServers issue(String id) {
    if (options.urls().isEmpty()) {
      return IceServers.NONE;
    }
    List<String> relays = options.urls().stream().filter(TurnOptions::isRelay).toList();
    List<String> others = options.urls().stream().filter(url -> !relays.contains(url)).toList();
    List<IceServers.Server> servers = new ArrayList<>();
    if (!others.isEmpty()) {
      servers.add(new IceServers.Server(others, null, null));
    }
    if (!relays.isEmpty()) {
      String user = clock.instant().plus(options.lifetime()).getEpochSecond() + ":" + id;
      servers.add(new IceServers.Server(relays, user, hmac(user)));
    }
    return new IceServers(servers, options.relayOnly());
  }

  private String hmac(String user) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(options.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HMAC-SHA1", e);
    }
  }
}
