package heyi.server.boot;

import heyi.server.sql.Blocking;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the witnesses the transparency log each time it has grown: what they have not seen could
 * still vanish.
 *
 * <p><b>Threads:</b> any; nothing blocks. <b>Bounds:</b> one asks at a time, and what grows
 * meanwhile is shown once after.
 */
final class WitnessOffers {
  private static final Logger log = LoggerFactory.getLogger(WitnessOffers.class);

  private final Callable<SortedMap<String, String>> cosign;
  private final Blocking blocking;
  private final AtomicInteger wanted = new AtomicInteger();

  /**
   * Offers to these witnesses.
   *
   * @param cosign asks all of them, and gives what kept them from it; blocks
   */
  WitnessOffers(Callable<SortedMap<String, String>> cosign, Blocking blocking) {
    this.cosign = cosign;
    this.blocking = blocking;
  }

  /** The log has grown, or a witness that was away may be back. */
  void offer() {
    if (wanted.getAndIncrement() == 0) {
      ask();
    }
  }

  private void ask() {
    wanted.set(1);
    blocking
        .call(cosign)
        .onSuccess(
            refusals ->
                refusals.forEach(
                    (witness, reason) ->
                        log.warn("witness={} did not cosign: {}", witness, reason)))
        .onFailure(failure -> log.warn("the witnesses were not asked", failure))
        .onComplete(
            _ -> {
              if (!wanted.compareAndSet(1, 0)) {
                ask();
              }
            });
  }
}
