package heyi.media.bridge;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A Jitsi Videobridge forgets those who fell silent. */
@SuppressWarnings("NullAway.Init")
class JitsiBridgeExpiryTest extends BridgeExpiryContract {
  /** By default a minute each. */
  private static final String IMPATIENT =
      "videobridge.entity-expiration { timeout = 3 seconds, check-interval = 1 second }";

  @TempDir Path folder;
  private JitsiProcess bridge;

  @BeforeAll
  static void onlyWhereACommandIsNamed() {
    if (!JitsiProcess.isNamed()) {
      System.out.println(
          "NOT RUN: idle expiry of Jitsi Videobridge, " + JitsiProcess.VARIABLE + " is unset");
    }
    assumeTrue(JitsiProcess.isNamed(), JitsiProcess.VARIABLE + " is unset");
  }

  @Override
  URI bridge(Vertx vertx) throws Exception {
    bridge = JitsiProcess.start(vertx, folder, IMPATIENT);
    return bridge.root();
  }

  @Override
  void stop() {
    bridge.close();
  }
}
