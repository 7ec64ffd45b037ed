package heyi.media.endpoint;

import heyi.media.EndpointId;
import heyi.media.dtls.DtlsSetup;
import heyi.media.ice.IceRole;
import java.util.function.LongSupplier;

/**
 * How an endpoint behaves.
 *
 * @param id for logs and thread names; never sent
 * @param iceRole who nominates
 * @param dtlsSetup who starts DTLS; {@code ACTPASS} leaves it to the peer
 * @param rtp agreed payload types and extensions
 * @param nanoClock monotonic clock in nanoseconds, the base of all arrival times
 */
public record EndpointOptions(
    EndpointId id,
    IceRole iceRole,
    DtlsSetup dtlsSetup,
    RtpParameters rtp,
    LongSupplier nanoClock) {

  /**
   * The side that offers: a bridge. Controlling, the peer chooses the DTLS role.
   *
   * @param id for logs
   */
  public static EndpointOptions offerer(EndpointId id) {
    return new EndpointOptions(
        id, IceRole.CONTROLLING, DtlsSetup.ACTPASS, RtpParameters.DEFAULT, System::nanoTime);
  }

  /**
   * The side that answers: a recorder or bot. Controlled, starts DTLS.
   *
   * @param id for logs
   */
  public static EndpointOptions answerer(EndpointId id) {
    return new EndpointOptions(
        id, IceRole.CONTROLLED, DtlsSetup.ACTIVE, RtpParameters.DEFAULT, System::nanoTime);
  }
}
