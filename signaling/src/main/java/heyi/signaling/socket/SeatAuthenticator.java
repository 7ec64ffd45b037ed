package heyi.signaling.socket;

import io.vertx.core.Future;

/** Knows which seat a seat token opens; the server keeps only hashes of the tokens. */
@FunctionalInterface
public interface SeatAuthenticator {
  /** Looks a token up; expected refusals are outcomes, a failed future means "not now". */
  Future<SeatOutcome> authenticate(String seatToken);
}
