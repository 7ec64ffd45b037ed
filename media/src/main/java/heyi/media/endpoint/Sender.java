package heyi.media.endpoint;

import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.rtcp.RtcpTransportFeedback;
import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpExtensions;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.RtpRetransmission;
import heyi.media.rtp.SequenceWindow;
import heyi.media.srtp.PacketBuffer;
import heyi.media.srtp.SrtpOutcome;
import heyi.media.srtp.SrtpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of an endpoint: stamps, encrypts and sends packets and repeats lost ones.
 *
 * <p><b>Threads:</b> all methods lock the sender; under the lock only the socket is called.
 *
 * <p><b>Bounds:</b> {@value #MAX_STREAMS} streams, the least recently used is forgotten; {@value
 * #MAX_RESENDS_PER_TICK} repetitions in 20 ms, so that NACKs can not be used to amplify traffic; on
 * a narrow line as many as it carries, since a peer asks again.
 */
final class Sender {
  static final int MAX_STREAMS = 128;
  static final int MAX_RESENDS_PER_TICK = 100;

  /** Ethernet's 1500 without IPv6 and UDP headers, SRTP tag and the number of RFC 4588. */
  static final int MAX_PACKET_BYTES = 1500 - 48 - PacketBuffer.MAX_GROWTH_BYTES - 2;

  /** Repetitions go before new pictures, but no more of them than sound can bear to wait for. */
  private static final long RESEND_WAIT_NANOS = 30_000_000;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long ABS_SEND_TIME_CYCLE_NANOS = 64_000_000_000L;

  /** Puts a datagram on the wire. */
  @FunctionalInterface
  interface Wire {
    void send(byte[] buffer, int offset, int length) throws IOException;
  }

  private static final class Stream {
    private final SequenceWindow window = new SequenceWindow();
    private final @Nullable RetransmissionCache cache;
    private @Nullable Ssrc retransmission;
    private int nextRetransmission = RANDOM.nextInt(0x8000);

    Stream(boolean cached) {
      cache = cached ? new RetransmissionCache() : null;
    }
  }

  private final RtpParameters rtp;
  private final EndpointCounters counters;
  private final Wire wire;
  private final byte[] scratch = new byte[1500];
  private final SendBandwidth bandwidth = new SendBandwidth();
  private final Pace pace = new Pace();
  private final PacketBuffer packet = new PacketBuffer();
  private Map<Ssrc, Ssrc> retransmissions = Map.of();
  private Set<Ssrc> announced = Set.of();
  private int transportSequence = RANDOM.nextInt(0x8000);
  private int resendsThisTick;
  private volatile boolean narrow;
  private final Map<Ssrc, Stream> streams =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Ssrc, Stream> eldest) {
          return size() > MAX_STREAMS;
        }
      };

  Sender(RtpParameters rtp, EndpointCounters counters, Wire wire) {
    this.rtp = rtp;
    this.counters = counters;
    this.wire = wire;
  }

  synchronized void announce(List<MediaSource> sources) {
    final Map<Ssrc, Ssrc> pairs = new HashMap<>();
    final Map<Ssrc, Boolean> all = new HashMap<>();
    for (final MediaSource source : sources) {
      source.ssrcs().forEach(ssrc -> all.put(ssrc, true));
      source.groups().stream()
          .filter(group -> group.semantics() == SsrcGroup.Semantics.FID)
          .forEach(group -> pairs.put(group.ssrcs().getFirst(), group.ssrcs().getLast()));
    }
    announced.stream().filter(ssrc -> !all.containsKey(ssrc)).forEach(streams::remove);
    announced = Set.copyOf(all.keySet());
    retransmissions = Map.copyOf(pairs);
    streams.forEach((ssrc, stream) -> stream.retransmission = retransmissions.get(ssrc));
  }

  /** Whether this side sends, or said it would send, the stream. */
  synchronized boolean sends(Ssrc ssrc) {
    return announced.contains(ssrc) || streams.containsKey(ssrc);
  }

  synchronized void sendRtp(
      SrtpSession srtp, byte[] buffer, int offset, int length, long nowNanos) {
    if (length > MAX_PACKET_BYTES) {
      counters.drop(DropReason.MALFORMED);
      return;
    }
    System.arraycopy(buffer, offset, scratch, 0, length);
    final RtpHeader header = RtpHeader.parse(scratch, 0, length);
    if (header == null) {
      counters.drop(DropReason.MALFORMED);
      return;
    }
    final Stream stream = streamOf(header);
    // The same number twice with other bytes would break the cipher: never encrypt it again.
    if (!stream.window.add(stream.window.extend(header.sequenceNumber()))) {
      counters.drop(DropReason.DUPLICATE);
      return;
    }
    stamp(scratch, header, length, nowNanos);
    if (stream.cache != null) {
      stream.cache.put(header.sequenceNumber(), scratch, length);
    }
    if (encryptAndSend(srtp, length, nowNanos)) {
      counters.packetsSent.increment();
      counters.bytesSent.add(length);
    }
  }

  private Stream streamOf(RtpHeader header) {
    final Stream known = streams.get(header.ssrc());
    if (known != null) {
      return known;
    }
    final Stream stream = new Stream(header.payloadType() != rtp.opus());
    stream.retransmission = retransmissions.get(header.ssrc());
    streams.put(header.ssrc(), stream);
    return stream;
  }

  /** Sets the extensions that belong to this hop. */
  private void stamp(byte[] bytes, RtpHeader header, int length, long nowNanos) {
    final RtpExtensions.Element transport = RtpExtensions.find(bytes, header, rtp.transportCcId());
    if (transport != null && transport.length() >= 2) {
      bandwidth.sent(transportSequence, length, nowNanos);
      Bits.put16(bytes, transport.offset(), transportSequence++);
    }
    final RtpExtensions.Element sendTime = RtpExtensions.find(bytes, header, rtp.absSendTimeId());
    if (sendTime != null && sendTime.length() == 3) {
      final long nanos = Math.floorMod(nowNanos, ABS_SEND_TIME_CYCLE_NANOS);
      Bits.put24(bytes, sendTime.offset(), (int) ((nanos << 18) / 1_000_000_000L));
    }
  }

  private boolean encryptAndSend(SrtpSession srtp, int length, long nowNanos) {
    pace.sent(length + SendBandwidth.OVERHEAD_BYTES, nowNanos);
    return srtp.protectRtp(packet.wrap(scratch, 0, length)) == SrtpOutcome.OK && flush();
  }

  private boolean flush() {
    try {
      wire.send(packet.getBuffer(), packet.getOffset(), packet.getLength());
      return true;
    } catch (IOException e) {
      counters.drop(DropReason.SEND_FAILED);
      return false;
    }
  }

  synchronized void sendRtcp(SrtpSession srtp, byte[] buffer, int offset, int length) {
    if (length > MAX_PACKET_BYTES) {
      counters.drop(DropReason.MALFORMED);
      return;
    }
    System.arraycopy(buffer, offset, scratch, 0, length);
    if (srtp.protectRtcp(packet.wrap(scratch, 0, length)) == SrtpOutcome.OK) {
      flush();
    } else {
      counters.drop(DropReason.MALFORMED);
    }
  }

  /** Answers a NACK. */
  synchronized void resend(SrtpSession srtp, Ssrc ssrc, List<Integer> lost, long nowNanos) {
    final Stream stream = streams.get(ssrc);
    if (stream == null || stream.cache == null) {
      return;
    }
    for (final int sequenceNumber : lost) {
      if (resendsThisTick >= MAX_RESENDS_PER_TICK || pace.waitNanos(nowNanos) > RESEND_WAIT_NANOS) {
        counters.drop(DropReason.OVERFLOW);
        return;
      }
      final byte[] original = stream.cache.take(sequenceNumber, nowNanos);
      if (original != null) {
        resendsThisTick++;
        resend(srtp, stream, original, nowNanos);
      }
    }
  }

  private void resend(SrtpSession srtp, Stream stream, byte[] original, long nowNanos) {
    final RtpHeader header = RtpHeader.parse(original, 0, original.length);
    if (header == null) {
      return;
    }
    final Ssrc retransmission = stream.retransmission;
    final byte[] repeated;
    if (retransmission == null) {
      // Byte for byte as before, extensions too: the cipher sees the same message again.
      repeated = original;
    } else {
      repeated =
          RtpRetransmission.wrap(
              original, header, retransmission, rtp.vp8Rtx(), stream.nextRetransmission++ & 0xFFFF);
      final RtpHeader wrapped = RtpHeader.parse(repeated, 0, repeated.length);
      if (wrapped != null) {
        stamp(repeated, wrapped, repeated.length, nowNanos);
      }
    }
    System.arraycopy(repeated, 0, scratch, 0, repeated.length);
    if (encryptAndSend(srtp, repeated.length, nowNanos)) {
      counters.packetsResent.increment();
    }
  }

  /**
   * Takes what the peer says of the packets that it got.
   *
   * @return bits per second that the way to it carries, {@link SendBandwidth#UNLIMITED} when
   *     nothing was in the way
   */
  synchronized long feedback(RtcpTransportFeedback feedback, long nowNanos) {
    bandwidth.feedback(feedback, nowNanos);
    pace.line(bandwidth.pacedBitsPerSecond(), nowNanos);
    narrow = bandwidth.bitsPerSecond() != SendBandwidth.UNLIMITED;
    return bandwidth.bitsPerSecond();
  }

  /** How long the next picture is to wait, so that it does not fill a narrow line's queue. */
  long pictureWaitNanos(long nowNanos) {
    if (!narrow) {
      return 0;
    }
    synchronized (this) {
      return pace.waitNanos(nowNanos);
    }
  }

  synchronized void tick() {
    resendsThisTick = 0;
  }
}
