package heyi.signaling.socket;

import java.time.Duration;

/**
 * What a client may do to a room, and how long things may take.
 *
 * @param joinWithin a socket that has not joined by then is closed
 * @param silence a socket that sent nothing for so long, not even an answer to a ping, is lost
 * @param grace how long a dropped participant's endpoint is kept for a resume
 * @param messagesPerSecond more than this is refused
 * @param maxRooms open at the same time on this node
 */
public record RoomLimits(
    Duration joinWithin, Duration silence, Duration grace, int messagesPerSecond, int maxRooms) {
  /**
   * Ten seconds to join are enough on a slow phone; 25 s of silence are two lost pings; 15 s of
   * grace cover a change from Wi-Fi to 4G; a hasty person sends five messages a second.
   */
  public static final RoomLimits DEFAULT =
      new RoomLimits(
          Duration.ofSeconds(10), Duration.ofSeconds(25), Duration.ofSeconds(15), 30, 1000);
}
