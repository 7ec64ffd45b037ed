package heyi.media.bridge;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;

/** The contract, kept by a Jitsi Videobridge that {@code HEYI_TEST_JVB_URL} names. */
class JitsiBridgeContractTest extends BridgeContract {
  private static final String VARIABLE = "HEYI_TEST_JVB_URL";

  @BeforeAll
  static void onlyWhereABridgeIsNamed() {
    boolean named = System.getenv(VARIABLE) != null;
    if (!named) {
      System.out.println(
          "NOT RUN: bridge contract on Jitsi Videobridge, " + VARIABLE + " is unset");
    }
    assumeTrue(named, VARIABLE + " is unset");
  }

  @Override
  URI bridge(Vertx vertx) {
    return URI.create(System.getenv(VARIABLE));
  }

  @Override
  void stop() {}
}
