package heyi.media.colibri2;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.ice.TransportDescription;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One bridge, as rooms and the recorder see it.
 *
 * <p>Calls that name the same conference are sent one after the other in the order of the calls,
 * because bridges take only one endpoint per request; different conferences do not wait for each
 * other.
 *
 * <p><b>Threads:</b> any. Futures complete on the Vert.x context of the caller, when there is one.
 *
 * <p><b>Errors:</b> expected ones are outcomes, and such futures always succeed. Calls without an
 * outcome fail with {@link BridgeException}; nothing is retried.
 */
public interface BridgeClient {
  /** The bridge that this client talks to. */
  BridgeId id();

  /**
   * Makes an endpoint, and the conference with it when it is the first. A bridge drops a conference
   * with its last endpoint; then it is made anew.
   */
  Future<AllocationOutcome> allocate(ConferenceId conference, EndpointId endpoint);

  /**
   * Tells the bridge how to reach the participant and what he sends.
   *
   * @param transport from the participant's answer; null leaves it as it is
   * @param sources the <em>complete</em> list that replaces the former one; null leaves it as it
   *     is, empty clears it
   */
  Future<UpdateOutcome> update(
      ConferenceId conference,
      EndpointId endpoint,
      @Nullable TransportDescription transport,
      @Nullable List<MediaSource> sources);

  /** Removes an endpoint. One that is gone already is fine. */
  Future<Void> expireEndpoint(ConferenceId conference, EndpointId endpoint);

  /** Removes a conference with all its endpoints. One that is gone already is fine. */
  Future<Void> expireConference(ConferenceId conference);

  /** Stops or lets through what an endpoint sends, in the bridge itself. */
  Future<Void> forceMute(ConferenceId conference, EndpointId endpoint, ForceMute mute);

  /** Asks the bridge whether it is well. */
  Future<BridgeHealth> health();

  /** Asks the bridge how much it has to do. */
  Future<BridgeLoad> load();
}
