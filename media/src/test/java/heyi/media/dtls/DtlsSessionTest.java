package heyi.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.srtp.SrtpKeys;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two associations that hand each other their datagrams. */
@Timeout(30)
final class DtlsSessionTest {
  private static final long LIMIT_SECONDS = 10;

  private final Queue<Thread> senders = new ConcurrentLinkedQueue<>();
  private final Ended clientEnd = new Ended();
  private final Ended serverEnd = new Ended();
  private final DtlsSession[] ends = new DtlsSession[2];

  private static final class Ended implements DtlsSession.Listener {
    final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    final CompletableFuture<DtlsEnd> end = new CompletableFuture<>();

    @Override
    public void onKeys(SrtpKeys agreed) {
      keys.complete(agreed);
    }

    @Override
    public void onDtlsEnded(DtlsEnd reason) {
      end.complete(reason);
    }
  }

  private DtlsSession session(int to, Ended listener) {
    return new DtlsSession(
        (buffer, offset, length) -> {
          senders.add(Thread.currentThread());
          ends[to].receive(buffer, offset, length);
        },
        listener);
  }

  @Test
  void noVirtualThreadTouchesTheSocketFromHandshakeToGoodbye() throws Exception {
    ends[0] = session(1, clientEnd);
    ends[1] = session(0, serverEnd);

    ends[1].start(DtlsSetup.PASSIVE, ends[0].fingerprint(), "server");
    ends[0].start(DtlsSetup.ACTIVE, ends[1].fingerprint(), "client");
    clientEnd.keys.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    serverEnd.keys.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    int ofHandshake = senders.size();
    ends[0].close();

    assertThat(ends[0].awaitFinished(Duration.ofSeconds(LIMIT_SECONDS))).isTrue();
    assertThat(senders).hasSizeGreaterThan(ofHandshake).noneMatch(Thread::isVirtual);
    assertThat(serverEnd.end.get(LIMIT_SECONDS, TimeUnit.SECONDS))
        .isEqualTo(DtlsEnd.CLOSED_BY_PEER);
  }
}
