package heyi.signaling.socket;

import heyi.signaling.quality.QualityLimits;
import java.time.Duration;

/**
 * What a client may do to a room, and how long things may take.
 *
 * @param joinWithin a socket that has not joined by then is closed; checking its token may take as
 *     long
 * @param silence a socket that sent nothing for so long, not even an answer to a ping, is lost
 * @param grace how long a dropped participant's endpoint is kept for a resume
 * @param absence who dropped and is not back so long after is waited for: the talk pauses
 * @param mediaRetry after this a seat that the bridge did not take is tried again; an endpoint that
 *     fails sooner is not made anew before
 * @param recorderRetry a recorder that is lost is asked for again so long after
 * @param recorderLeaves the conference of a closed session ends so long after, though its recorder
 *     did not say that it has left
 * @param messagesPerSecond more than this is refused, four times as many close the socket
 * @param outgoingBytes that a slow client may leave unread before it is closed
 * @param maxRooms open at the same time on this node
 * @param quality how often pages may report their network, and how it is called
 */
public record RoomLimits(
    Duration joinWithin,
    Duration silence,
    Duration grace,
    Duration absence,
    Duration mediaRetry,
    Duration recorderRetry,
    Duration recorderLeaves,
    int messagesPerSecond,
    int outgoingBytes,
    int maxRooms,
    QualityLimits quality) {
  /**
   * Ten seconds to join are enough on a slow phone; 25 s of silence are two lost pings; 15 s of
   * grace cover a change from Wi-Fi to 4G; five are a reloaded page; two seconds are a restart of a
   * bridge, five the start of a recorder; ten are what a recorder waits for a busy disk; a hasty
   * person sends five messages a second; 256 KiB are a dozen offers for eight seats.
   */
  public static final RoomLimits DEFAULT =
      new RoomLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          30,
          256 * 1024,
          1000,
          QualityLimits.DEFAULT);

  /** Checks that all are positive. */
  public RoomLimits {
    requirePositive("joinWithin", joinWithin.toMillis());
    requirePositive("silence", silence.toMillis() / SocketSession.PULSES_IN_SILENCE);
    requirePositive("grace", grace.toMillis());
    requirePositive("absence", absence.toMillis());
    requirePositive("mediaRetry", mediaRetry.toMillis());
    requirePositive("recorderRetry", recorderRetry.toMillis());
    requirePositive("recorderLeaves", recorderLeaves.toMillis());
    requirePositive("messagesPerSecond", messagesPerSecond);
    requirePositive("outgoingBytes", outgoingBytes);
    requirePositive("maxRooms", maxRooms);
  }

  private static void requirePositive(String what, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(what + " must be positive but is " + value);
    }
  }

  /**
   * The same with what an operator sets.
   *
   * @param reconnect how long a dropped participant's endpoint is kept
   * @param away how long somebody may be away before the talk waits for him
   * @param messages a second that a page may send
   * @param rooms open at the same time
   * @param network how often pages may report it, and how it is called
   */
  public RoomLimits with(
      Duration reconnect, Duration away, int messages, int rooms, QualityLimits network) {
    return new RoomLimits(
        joinWithin,
        silence,
        reconnect,
        away,
        mediaRetry,
        recorderRetry,
        recorderLeaves,
        messages,
        outgoingBytes,
        rooms,
        network);
  }
}
