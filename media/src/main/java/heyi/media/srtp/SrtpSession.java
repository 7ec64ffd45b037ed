package heyi.media.srtp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpHeader;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * Encrypts and decrypts the packets of one connection.
 *
 * <p><b>Threads:</b> sending and receiving are independent; each direction is for one thread at a
 * time, which the owner sees to.
 *
 * <p><b>Bounds:</b> {@value #MAX_CONTEXTS} SSRCs a direction, the least recently used is forgotten.
 * A receive context is kept only after a packet of it proved authentic, so forged SSRCs leave no
 * trace.
 *
 * <p>jitsi-srtp's replay window is 64 packets: a lost packet that is repeated as it was, without a
 * retransmission stream, and comes later than that is refused. With such a stream there is no
 * limit.
 */
public final class SrtpSession {
  /** Eight seats with simulcast and retransmissions are below 100. */
  static final int MAX_CONTEXTS = 256;

  private static final int MIN_SRTCP_BYTES = 12;
  private static final Logger LOGGER = quietLogger();

  private final SrtpContextFactory senders;
  private final SrtpContextFactory receivers;
  private final Map<Ssrc, SrtpCryptoContext> sendContexts = new BoundedMap<>();
  private final Map<Ssrc, SrtcpCryptoContext> sendControlContexts = new BoundedMap<>();
  private final Map<Ssrc, SrtpCryptoContext> receiveContexts = new BoundedMap<>();
  private final Map<Ssrc, SrtcpCryptoContext> receiveControlContexts = new BoundedMap<>();

  /**
   * Prepares both directions.
   *
   * @param keys from the handshake
   */
  public SrtpSession(SrtpKeys keys) {
    SrtpWarmUp.prepare();
    final SrtpPolicy policy = keys.profile().policy();
    final SrtpPolicy controlPolicy = keys.profile().policy();
    senders =
        new SrtpContextFactory(
            true, keys.sendKey(), keys.sendSalt(), policy, controlPolicy, LOGGER);
    receivers =
        new SrtpContextFactory(
            false, keys.receiveKey(), keys.receiveSalt(), policy, controlPolicy, LOGGER);
  }

  /** jitsi-srtp warns of each forged packet; an attacker must not be able to fill the log. */
  private static Logger quietLogger() {
    final Logger logger = new LoggerImpl("org.jitsi.srtp.heyi");
    logger.setLevelError();
    return logger;
  }

  /** Encrypts an RTP packet in place. */
  public SrtpOutcome protectRtp(PacketBuffer packet) {
    if (packet.getLength() < RtpHeader.FIXED_SIZE_BYTES) {
      return SrtpOutcome.MALFORMED;
    }
    final Ssrc ssrc = ssrc(packet, 8);
    SrtpCryptoContext context = sendContexts.get(ssrc);
    try {
      if (context == null) {
        context = senders.deriveContext(ssrc.bits(), 0);
        sendContexts.put(ssrc, context);
      }
      return outcome(context.transformPacket(packet));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks the ciphers of SRTP", e);
    }
  }

  /** Encrypts a compound RTCP packet in place. */
  public SrtpOutcome protectRtcp(PacketBuffer packet) {
    if (packet.getLength() < 8) {
      return SrtpOutcome.MALFORMED;
    }
    final Ssrc ssrc = ssrc(packet, 4);
    SrtcpCryptoContext context = sendControlContexts.get(ssrc);
    try {
      if (context == null) {
        context = senders.deriveControlContext(ssrc.bits());
        sendControlContexts.put(ssrc, context);
      }
      return outcome(context.transformPacket(packet));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks the ciphers of SRTP", e);
    }
  }

  /** Decrypts an SRTP packet in place. */
  public SrtpOutcome unprotectRtp(PacketBuffer packet) {
    final Ssrc ssrc = ssrc(packet, 8);
    final SrtpCryptoContext known = receiveContexts.get(ssrc);
    try {
      final SrtpCryptoContext context =
          known == null ? receivers.deriveContext(ssrc.bits(), 0) : known;
      final SrtpOutcome outcome = outcome(context.reverseTransformPacket(packet, false));
      if (known == null && outcome == SrtpOutcome.OK) {
        receiveContexts.put(ssrc, context);
      }
      return outcome;
    } catch (GeneralSecurityException | RuntimeException broken) {
      return SrtpOutcome.MALFORMED;
    }
  }

  /** Decrypts an SRTCP packet in place. */
  public SrtpOutcome unprotectRtcp(PacketBuffer packet) {
    if (packet.getLength() < MIN_SRTCP_BYTES) {
      return SrtpOutcome.MALFORMED;
    }
    final Ssrc ssrc = ssrc(packet, 4);
    final SrtcpCryptoContext known = receiveControlContexts.get(ssrc);
    try {
      final SrtcpCryptoContext context =
          known == null ? receivers.deriveControlContext(ssrc.bits()) : known;
      final SrtpOutcome outcome = outcome(context.reverseTransformPacket(packet));
      if (known == null && outcome == SrtpOutcome.OK) {
        receiveControlContexts.put(ssrc, context);
      }
      return outcome;
    } catch (GeneralSecurityException | RuntimeException broken) {
      return SrtpOutcome.MALFORMED;
    }
  }

  /** How many SSRCs the receive direction remembers. */
  public int receiveContextCount() {
    return receiveContexts.size() + receiveControlContexts.size();
  }

  private static Ssrc ssrc(PacketBuffer packet, int at) {
    return Ssrc.ofBits(Bits.i32(packet.getBuffer(), packet.getOffset() + at));
  }

  private static SrtpOutcome outcome(SrtpErrorStatus status) {
    return switch (status) {
      case OK -> SrtpOutcome.OK;
      case REPLAY_FAIL, REPLAY_OLD -> SrtpOutcome.REPLAYED;
      case AUTH_FAIL -> SrtpOutcome.NOT_AUTHENTIC;
      default -> SrtpOutcome.MALFORMED;
    };
  }

  /** Least recently used goes first. */
  private static final class BoundedMap<V> extends LinkedHashMap<Ssrc, V> {
    private static final long serialVersionUID = 1;

    BoundedMap() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Ssrc, V> eldest) {
      return size() > MAX_CONTEXTS;
    }
  }
}
