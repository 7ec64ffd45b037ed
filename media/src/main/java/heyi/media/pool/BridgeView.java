package heyi.media.pool;

import heyi.media.colibri2.BridgeId;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One bridge as the operator sees it.
 *
 * @param id which
 * @param address of its private HTTP interface
 * @param region where it stands
 * @param version as it names itself; null before it answered
 * @param standing what the pool thinks of it
 * @param warmth whether it is at its usual speed
 * @param accepting whether it may get new rooms
 * @param draining whether an operator drains it
 * @param drainingItself whether it says so itself
 * @param stress as reported, and an estimate for what was placed lately
 * @param conferences on the bridge, whoever made them
 * @param endpoints on the bridge
 * @param rooms of this node on it
 * @param roomsLost rooms of this node that had to leave it
 * @param failedChecks in a row
 * @param checkedAt when it last answered a check
 */
public record BridgeView(
    BridgeId id,
    URI address,
    @Nullable String region,
    @Nullable String version,
    BridgeStanding standing,
    BridgeWarmth warmth,
    boolean accepting,
    boolean draining,
    boolean drainingItself,
    double stress,
    int conferences,
    int endpoints,
    int rooms,
    long roomsLost,
    int failedChecks,
    @Nullable Instant checkedAt) {
  static BridgeView of(PooledBridge bridge, BridgeMember member, Instant now) {
    var load = member.load();
    return new BridgeView(
        member.id(),
        bridge.address(),
        member.region(),
        load == null ? null : load.version(),
        member.standing(),
        member.warmth(),
        member.isAccepting(),
        member.draining(),
        load != null && load.draining(),
        member.stress(now),
        load == null ? 0 : load.conferences(),
        load == null ? 0 : load.endpoints(),
        member.rooms(),
        member.roomsLost(),
        member.failures(),
        member.checkedAt());
  }
}
