package heyi.media.endpoint;

import java.util.Map;

/**
 * Counters of one endpoint since it was made; a consistent enough snapshot for display and alarms.
 *
 * @param connected ICE and DTLS are done and the endpoint is not closed
 * @param packetsReceived RTP packets given to the listener
 * @param bytesReceived bytes of those packets
 * @param packetsSent RTP packets sent, without retransmissions
 * @param bytesSent bytes of those packets
 * @param packetsMissed RTP packets of expected sources found missing on arrival of later ones
 * @param packetsRecovered missing packets that came after all
 * @param nacksSent packets asked for again
 * @param nacksReceived packets the peer asked for again
 * @param packetsResent packets sent again
 * @param keyframesRequested PLIs sent
 * @param keyframesAsked PLIs and FIRs received
 * @param transportFeedbacksSent transport-cc feedback packets sent
 * @param dropped datagrams and packets dropped, by reason
 */
public record EndpointStatistics(
    boolean connected,
    long packetsReceived,
    long bytesReceived,
    long packetsSent,
    long bytesSent,
    long packetsMissed,
    long packetsRecovered,
    long nacksSent,
    long nacksReceived,
    long packetsResent,
    long keyframesRequested,
    long keyframesAsked,
    long transportFeedbacksSent,
    Map<DropReason, Long> dropped) {
  /** Copies the map. */
  public EndpointStatistics {
    dropped = Map.copyOf(dropped);
  }
}
