package heyi.media.dtls;

import heyi.media.srtp.SrtpKeys;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/**
 * One DTLS 1.2 association: the handshake, then waiting for repeated flights and for the end.
 *
 * <p><b>Threads:</b> runs on a virtual thread of its own, on which the listener is called. {@link
 * #receive} may be called from the receive thread and does not block. Datagrams leave on one
 * platform thread of the process.
 *
 * <p><b>Bounds:</b> {@value #QUEUE_DATAGRAMS} datagrams wait; more are refused, DTLS repeats them.
 */
public final class DtlsSession {
  /** What comes of the association. */
  public interface Listener {
    /** The peer is who it claims to be, these are the keys. */
    void onKeys(SrtpKeys keys);

    /** It is over; not called after {@link DtlsSession#close()}. */
    void onDtlsEnded(DtlsEnd end);
  }

  /** Sends a datagram to the peer. */
  @FunctionalInterface
  public interface Sender {
    /**
     * Sends at once.
     *
     * @throws IOException when there is no path
     */
    void send(byte[] buffer, int offset, int length) throws IOException;
  }

  /** Two flights of six records. */
  private static final int QUEUE_DATAGRAMS = 32;

  private static final int RECEIVE_LIMIT_BYTES = 1500;

  /** RFC 8200 §5 guarantees 1280 to every path; headers and a reserve go off. */
  private static final int SEND_LIMIT_BYTES = 1200;

  /** A goodbye is noticed when a wait ends, so that nobody is missed for longer. */
  private static final int IDLE_WAIT_MILLIS = 1_000;

  private static final byte[] END = new byte[0];

  /**
   * Each association waits for its datagram to leave, so that these are many handshakes at once.
   */
  private static final int QUEUE_SENDS = 1024;

  /**
   * A virtual thread that sends on a UDP socket makes the JDK switch the socket to non-blocking for
   * good; its receive thread then polls for each packet: 14 to 15 µs a packet in place of 11 to 13.
   */
  private static final ExecutorService SENDING = sending();

  private final DtlsCertificate certificate;
  private final Sender sender;
  private final Listener listener;
  private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(QUEUE_DATAGRAMS);
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean established;
  private volatile boolean closing;
  private volatile boolean transportClosed;

  /** Makes a certificate. */
  public DtlsSession(Sender sender, Listener listener) {
    this.sender = sender;
    this.listener = listener;
    certificate = new DtlsCertificate();
  }

  /** To be signalled to the peer. */
  public DtlsFingerprint fingerprint() {
    return certificate.fingerprint();
  }

  /**
   * Starts the handshake; the first call counts.
   *
   * @param role {@code ACTIVE} or {@code PASSIVE}
   * @param expected the peer's fingerprint
   * @param name of the thread
   */
  public void start(DtlsSetup role, DtlsFingerprint expected, String name) {
    if (role == DtlsSetup.ACTPASS) {
      throw new IllegalArgumentException("the DTLS role is not decided yet: " + role);
    }
    if (started.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name(name)
          .start(
              () -> {
                try {
                  run(role == DtlsSetup.ACTIVE, expected);
                } finally {
                  finished.countDown();
                }
              });
    }
  }

  /**
   * Takes a datagram of the peer.
   *
   * @return false when the queue is full
   */
  public boolean receive(byte[] buffer, int offset, int length) {
    return length > 0 && incoming.offer(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  private static ExecutorService sending() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(QUEUE_SENDS),
        Thread.ofPlatform().daemon().name("dtls-send").factory());
  }

  /** Says goodbye to the peer as soon as the thread comes to it. */
  public void close() {
    closing = true;
    if (!incoming.offer(END)) {
      incoming.clear();
      incoming.add(END);
    }
  }

  /**
   * Waits until goodbye is said; not for an event loop.
   *
   * @return false when it took longer than {@code limit}
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean awaitFinished(Duration limit) throws InterruptedException {
    return !started.get() || finished.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run(boolean client, DtlsFingerprint expected) {
    final DtlsParameters parameters = new DtlsParameters(certificate, expected);
    final DTLSTransport transport;
    try {
      transport =
          client
              ? new DTLSClientProtocol()
                  .connect(new DtlsClientPeer(certificate.crypto(), parameters), new Datagrams())
              : new DTLSServerProtocol()
                  .accept(new DtlsServerPeer(certificate.crypto(), parameters), new Datagrams());
    } catch (IOException | RuntimeException e) {
      end(parameters.mismatched() ? DtlsEnd.FINGERPRINT_MISMATCH : DtlsEnd.HANDSHAKE_FAILED);
      return;
    }
    final SrtpKeys keys = parameters.keys();
    if (keys == null) {
      end(DtlsEnd.HANDSHAKE_FAILED);
      return;
    }
    established = true;
    listener.onKeys(keys);
    keepReceiving(transport);
  }

  /** The peer may repeat its last flight or say goodbye; there is no application data. */
  private void keepReceiving(DTLSTransport transport) {
    final byte[] scratch = new byte[RECEIVE_LIMIT_BYTES];
    try {
      while (!closing && !transportClosed) {
        transport.receive(scratch, 0, scratch.length, IDLE_WAIT_MILLIS);
      }
    } catch (IOException | RuntimeException e) {
      transportClosed = true;
    }
    if (closing) {
      closeQuietly(transport);
    } else {
      end(DtlsEnd.CLOSED_BY_PEER);
    }
  }

  private static void closeQuietly(DTLSTransport transport) {
    try {
      transport.close();
    } catch (IOException gone) {
      // The peer learns it from its consent checks.
    }
  }

  private void end(DtlsEnd end) {
    if (!closing) {
      listener.onDtlsEnded(end);
    }
  }

  private final class Datagrams implements DatagramTransport {
    @Override
    public int getReceiveLimit() {
      return RECEIVE_LIMIT_BYTES;
    }

    @Override
    public int getSendLimit() {
      return SEND_LIMIT_BYTES;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      final byte[] datagram;
      try {
        datagram = incoming.poll(waitMillis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      if (datagram == null) {
        return -1;
      }
      if (datagram.length == 0) {
        // An interruption leaves an established association whole, so that it can say goodbye.
        throw established ? new InterruptedIOException("closing") : new IOException("closing");
      }
      final int size = Math.min(length, datagram.length);
      System.arraycopy(datagram, 0, buffer, offset, size);
      return size;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) throws IOException {
      try {
        SENDING.submit(() -> sendNow(buffer, offset, length)).get();
      } catch (RejectedExecutionException | ExecutionException lost) {
        // Lost like any datagram: the flight is repeated.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    private Void sendNow(byte[] buffer, int offset, int length) throws IOException {
      sender.send(buffer, offset, length);
      return null;
    }

    @Override
    public void close() {
      transportClosed = true;
    }
  }
}
